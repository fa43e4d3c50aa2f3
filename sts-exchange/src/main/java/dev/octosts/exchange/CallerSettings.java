package dev.octosts.exchange;

import java.util.Optional;

/**
 * What callers get to know, and how much they may ask.
 *
 * @param refusalDetail which callers a refusal tells what a policy says
 * @param rate how often one verified caller may ask; empty for as often as it likes
 * @param connections how many callers there may be at a time
 */
public record CallerSettings(RefusalDetail refusalDetail, Optional<CallerRate> rate, int connections) {}
