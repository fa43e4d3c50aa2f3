@NullMarked
package dev.octosts.sandbox.github;

import org.jspecify.annotations.NullMarked;
