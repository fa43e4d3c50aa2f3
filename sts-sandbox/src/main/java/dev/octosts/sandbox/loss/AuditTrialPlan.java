package dev.octosts.sandbox.loss;

import java.time.Duration;
import java.util.List;

/**
 * What is tried.
 *
 * @param rate exchanges a second, of all replicas together
 * @param each how long each fault lasts
 * @param durable whether a token waits for its commit, or for the spool
 */
record AuditTrialPlan(List<LossFault> faults, int rate, Duration each, int replicas, boolean durable) {}
