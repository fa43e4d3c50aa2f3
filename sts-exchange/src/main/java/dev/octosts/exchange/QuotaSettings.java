package dev.octosts.exchange;

import java.time.Duration;

/**
 * The settings for choosing Apps by their remaining requests.
 *
 * @param softFloor Apps with at least this many remaining requests are preferred
 * @param hardFloor Apps with fewer are the last choice; not above the soft floor
 * @param stale how long GitHub's report of the remaining requests counts; positive
 */
public record QuotaSettings(long softFloor, long hardFloor, Duration stale) {}
