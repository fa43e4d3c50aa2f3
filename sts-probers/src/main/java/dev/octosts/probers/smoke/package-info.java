/**
 * Smoke tests from a file: {@link SmokeFile} reads it, {@link SmokeTests} makes them, {@link SmokeReport} says what came
 * of it. Files of the reference run unchanged.
 */
@NullMarked
package dev.octosts.probers.smoke;

import org.jspecify.annotations.NullMarked;
