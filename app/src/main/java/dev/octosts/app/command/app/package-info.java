/** Commands that make GitHub Apps and check their set-up. */
@NullMarked
package dev.octosts.app.command.app;

import org.jspecify.annotations.NullMarked;
