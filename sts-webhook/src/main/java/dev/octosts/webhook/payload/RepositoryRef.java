package dev.octosts.webhook.payload;

/**
 * The repository that an event is about.
 *
 * @param owner its account as GitHub spells it
 * @param name its bare name as GitHub spells it
 * @param defaultBranch the name of its default branch; empty when the payload does not say
 * @param installation the installation through which the event came, or 0
 * @param createdAt when it was created, in seconds since the epoch; 0 when the payload does not say
 */
public record RepositoryRef(String owner, String name, String defaultBranch, long installation, long createdAt) {}
