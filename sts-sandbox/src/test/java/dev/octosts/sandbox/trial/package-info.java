@NullMarked
package dev.octosts.sandbox.trial;

import org.jspecify.annotations.NullMarked;
