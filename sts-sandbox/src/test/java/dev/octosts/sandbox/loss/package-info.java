@NullMarked
package dev.octosts.sandbox.loss;

import org.jspecify.annotations.NullMarked;
