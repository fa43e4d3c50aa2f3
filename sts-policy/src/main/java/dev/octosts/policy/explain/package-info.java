/**
 * Says why a token is accepted or refused, rule by rule. Start at {@link Explanation}.
 */
@NullMarked
package dev.octosts.policy.explain;

import org.jspecify.annotations.NullMarked;
