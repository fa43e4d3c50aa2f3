@NullMarked
package dev.octosts.sandbox.process;

import org.jspecify.annotations.NullMarked;
