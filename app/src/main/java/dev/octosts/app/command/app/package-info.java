/** Commands that make GitHub Apps and find out how they are set up. */
@NullMarked
package dev.octosts.app.command.app;

import org.jspecify.annotations.NullMarked;
