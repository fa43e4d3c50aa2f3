@NullMarked
package dev.octosts.app.cli;

import org.jspecify.annotations.NullMarked;
