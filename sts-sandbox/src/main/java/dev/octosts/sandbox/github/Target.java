package dev.octosts.sandbox.github;

import org.jspecify.annotations.Nullable;

/**
 * The target that a path addresses.
 *
 * @param owner the account's login, when the path names one
 * @param repository the bare name, when the path names one
 * @param rest what follows: a file's path, a ref, a range of commits
 * @param id an installation's, repository's, pull request's or check run's number, or 0
 */
record Target(
        CallKind kind, @Nullable String owner, @Nullable String repository, String rest, long id) {
    static Target of(CallKind kind) {
        return new Target(kind, null, null, "", 0);
    }

    static Target of(CallKind kind, long id) {
        return new Target(kind, null, null, "", id);
    }
}
