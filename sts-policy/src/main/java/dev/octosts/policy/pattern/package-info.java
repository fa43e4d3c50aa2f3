/**
 * Patterns in RE2 syntax: {@link dev.octosts.policy.pattern.TextPattern} matches whole values, {@link
 * dev.octosts.policy.pattern.PatternShape} says which values a pattern can and cannot match.
 */
@NullMarked
package dev.octosts.policy.pattern;

import org.jspecify.annotations.NullMarked;
