package dev.octosts.exchange;

/**
 * The limit for how often one verified caller may ask. A caller is an issuer and a subject.
 *
 * @param perSecond requests a second in the long run, more than 0
 * @param burst requests at once, at least 1
 */
public record CallerRate(double perSecond, double burst) {}
