/**
 * New policies for the common cases. Start at {@link Preset}.
 */
@NullMarked
package dev.octosts.policy.preset;

import org.jspecify.annotations.NullMarked;
