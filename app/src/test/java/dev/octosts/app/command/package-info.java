@NullMarked
package dev.octosts.app.command;

import org.jspecify.annotations.NullMarked;
