/**
 * Tools for authors of policies: {@link dev.octosts.policy.lint.PolicyLinter} finds faults and dangers and proposes
 * fixes, {@link dev.octosts.policy.lint.Explanation} says why a token is accepted or refused, {@link
 * dev.octosts.policy.lint.PolicyTests} runs the tests next to policies, {@link dev.octosts.policy.lint.Preset} writes
 * new ones, {@link dev.octosts.policy.lint.Schemas} describes the files for editors.
 *
 * <p>Everything is a function of its arguments: no I/O, no clock, no configuration.
 */
@NullMarked
package dev.octosts.policy.lint;

import org.jspecify.annotations.NullMarked;
