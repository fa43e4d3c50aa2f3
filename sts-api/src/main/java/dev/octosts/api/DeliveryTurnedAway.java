package dev.octosts.api;

/**
 * A delivery of GitHub was answered with 503, so its news is lost and remembered values have to be read again. Fired as
 * a CDI event, like {@link RepositoryChanged}.
 */
public record DeliveryTurnedAway() {}
