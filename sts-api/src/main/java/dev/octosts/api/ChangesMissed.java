package dev.octosts.api;

/**
 * This process may have missed changes that other replicas reported, so any remembered value may be out of date. Fired
 * as a CDI event, like {@link RepositoryChanged}.
 */
public record ChangesMissed() {}
