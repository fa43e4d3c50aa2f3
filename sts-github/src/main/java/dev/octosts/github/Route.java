package dev.octosts.github;

/**
 * The route to an owner: the App and its installation.
 *
 * @param owner the account, in lower case
 * @param app the App
 * @param installation its installation on the account
 */
public record Route(String owner, GitHubApp app, Installation installation) {}
