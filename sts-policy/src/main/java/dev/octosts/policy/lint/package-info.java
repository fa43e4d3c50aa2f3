/**
 * Finds faults and dangers in policies and proposes fixes. Start at {@link dev.octosts.policy.lint.PolicyLinter}.
 *
 * <p>Everything is a function of its arguments: no I/O, no clock, no configuration.
 */
@NullMarked
package dev.octosts.policy.lint;

import org.jspecify.annotations.NullMarked;
