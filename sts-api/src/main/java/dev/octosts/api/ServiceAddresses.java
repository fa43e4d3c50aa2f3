package dev.octosts.api;

/**
 * The names by which others know this service and the GitHub that it serves.
 *
 * @param domain the domain of the service, {@code STS_DOMAIN}; empty when it has none
 * @param gitHubHost the host of GitHub's web pages, such as {@code github.com}
 */
public record ServiceAddresses(String domain, String gitHubHost) {}
