@NullMarked
package dev.octosts.operators;

import org.jspecify.annotations.NullMarked;
