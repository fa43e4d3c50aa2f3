package dev.octosts.operators.spi;

import java.time.Instant;
import java.util.Optional;

/**
 * A policy that records name, and how it was used.
 *
 * @param path owner, repository and path
 * @param owner the account
 * @param repository empty for a policy of the whole account
 * @param identity its name
 * @param granted how many tokens it has granted
 * @param notGranted how many exchanges it was reached by and did not grant
 * @param lastGranted when it last granted one
 * @param changed when a push last changed it; empty when no push was seen
 * @param deleted whether that push has deleted it
 */
public record PolicyUse(
        String path,
        String owner,
        String repository,
        String identity,
        long granted,
        long notGranted,
        Optional<Instant> lastGranted,
        Optional<Instant> changed,
        boolean deleted) {}
