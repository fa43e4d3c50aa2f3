package dev.octosts.exchange;

import java.util.Optional;

/**
 * The settings for callers: what they may know, and how often they may ask.
 *
 * @param refusalDetail to which callers a refusal says what a policy requires
 * @param rate how often one verified caller may ask; empty for as often as it likes
 * @param reuse whether a token may be exchanged several times
 * @param connections how many callers there may be at a time
 */
public record CallerSettings(
        RefusalDetail refusalDetail, Optional<CallerRate> rate, TokenReuse reuse, int connections) {}
