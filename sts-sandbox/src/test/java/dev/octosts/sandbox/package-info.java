@NullMarked
package dev.octosts.sandbox;

import org.jspecify.annotations.NullMarked;
