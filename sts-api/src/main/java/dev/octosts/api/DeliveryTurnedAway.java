package dev.octosts.api;

/**
 * A delivery of GitHub was answered with 503, so what it tells was not heard: what is remembered has to be looked at
 * again. Fired as a CDI event, like {@link RepositoryChanged}.
 */
public record DeliveryTurnedAway() {}
