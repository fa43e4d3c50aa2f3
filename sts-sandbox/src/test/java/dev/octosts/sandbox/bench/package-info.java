@NullMarked
package dev.octosts.sandbox.bench;

import org.jspecify.annotations.NullMarked;
