package dev.octosts.github;

/**
 * A file in a directory of a repository.
 *
 * @param path its path
 * @param sha GitHub's name of its content: the same for the same bytes
 */
public record DirectoryEntry(String path, String sha) {}
