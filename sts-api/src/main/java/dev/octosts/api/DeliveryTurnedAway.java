package dev.octosts.api;

/**
 * The event that a delivery of GitHub was answered with 503. Its news is lost, so remembered values have to be read
 * again. Fired as a CDI event, like {@link RepositoryChanged}.
 */
public record DeliveryTurnedAway() {}
