package dev.octosts.exchange;

/**
 * How often one verified caller, which is an issuer and a subject, may ask.
 *
 * @param perSecond requests a second in the long run, more than 0
 * @param burst requests at once, at least 1
 */
public record CallerRate(double perSecond, double burst) {}
