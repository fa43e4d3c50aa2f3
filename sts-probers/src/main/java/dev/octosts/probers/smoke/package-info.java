/**
 * Smoke tests from a file: {@link SmokeFile} reads it, {@link SmokeTests} runs the tests, {@link SmokeTests.Report}
 * contains the results. Files of the reference run unchanged.
 */
@NullMarked
package dev.octosts.probers.smoke;

import org.jspecify.annotations.NullMarked;
