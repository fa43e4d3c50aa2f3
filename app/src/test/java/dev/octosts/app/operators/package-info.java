@NullMarked
package dev.octosts.app.operators;

import org.jspecify.annotations.NullMarked;
