@NullMarked
package dev.octosts.sandbox.demo;

import org.jspecify.annotations.NullMarked;
