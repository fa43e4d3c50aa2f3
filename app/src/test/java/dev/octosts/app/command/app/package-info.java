@NullMarked
package dev.octosts.app.command.app;

import org.jspecify.annotations.NullMarked;
