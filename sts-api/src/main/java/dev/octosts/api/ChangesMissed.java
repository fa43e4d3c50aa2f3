package dev.octosts.api;

/**
 * Other replicas may have told of changes that this one has not heard: anything that is remembered may be another now.
 * Fired as a CDI event, like {@link RepositoryChanged}.
 */
public record ChangesMissed() {}
