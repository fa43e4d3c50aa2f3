package dev.octosts.api;

/**
 * The event that this process may have missed changes that other replicas reported. Any remembered value may be out of
 * date. Fired as a CDI event, like {@link RepositoryChanged}.
 */
public record ChangesMissed() {}
