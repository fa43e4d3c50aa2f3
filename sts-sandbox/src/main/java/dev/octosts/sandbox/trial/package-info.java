/**
 * The noisy-neighbour trial: attacks on the packaged service, one after the other. During each a quiet tenant must not
 * notice anything. {@link dev.octosts.sandbox.trial.TrialCommand} is the command, {@code Attacks} the list of attacks.
 */
@NullMarked
package dev.octosts.sandbox.trial;

import org.jspecify.annotations.NullMarked;
