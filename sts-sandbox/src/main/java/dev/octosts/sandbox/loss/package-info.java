/**
 * The trial of the audit: parts of a deployment are killed, cut off or filled up while exchanges come at a steady rate.
 * Afterwards the tokens that callers got, those that GitHub minted and the records in the database are compared. {@link
 * dev.octosts.sandbox.loss.AuditTrialCommand} is the command, {@code LossFaults} the list of faults.
 */
@NullMarked
package dev.octosts.sandbox.loss;

import org.jspecify.annotations.NullMarked;
