package dev.octosts.api;

/**
 * A delivery of GitHub was answered with 503, so its news is lost: what is remembered has to be looked at again. Fired
 * as a CDI event, like {@link RepositoryChanged}.
 */
public record DeliveryTurnedAway() {}
