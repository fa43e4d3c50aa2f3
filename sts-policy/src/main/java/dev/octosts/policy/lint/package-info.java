/**
 * What helps people with policies: {@link dev.octosts.policy.lint.PolicyLinter} finds what is wrong or dangerous and
 * how to change it, {@link dev.octosts.policy.lint.Explanation} says why a token is accepted or refused,
 * {@link dev.octosts.policy.lint.PolicyTests} runs the tests beside policies, {@link dev.octosts.policy.lint.Preset}
 * writes new ones, {@link dev.octosts.policy.lint.Schemas} tells editors what a file may say.
 *
 * <p>Everything is a function of its arguments: no I/O, no clock, no configuration.
 */
@NullMarked
package dev.octosts.policy.lint;

import org.jspecify.annotations.NullMarked;
