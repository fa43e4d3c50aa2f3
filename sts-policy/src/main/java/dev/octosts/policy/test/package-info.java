/**
 * The tests next to policies. Start at {@link PolicyTests}.
 */
@NullMarked
package dev.octosts.policy.test;

import org.jspecify.annotations.NullMarked;
