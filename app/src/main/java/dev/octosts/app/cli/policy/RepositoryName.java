package dev.octosts.app.cli.policy;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A repository on GitHub, as far as it is known.
 *
 * @param owner the account
 * @param name without the owner
 */
record RepositoryName(Optional<String> owner, Optional<String> name) {

    static final RepositoryName UNKNOWN = new RepositoryName(Optional.empty(), Optional.empty());

    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,38}");
    private static final Pattern NAME = Pattern.compile("(?!\\.\\.?$)[A-Za-z0-9._-]{1,100}");

    static boolean isOwner(String text) {
        return OWNER.matcher(text).matches();
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** {@code owner/name}; empty when it is something else. */
    static Optional<RepositoryName> of(String text) {
        int slash = text.indexOf('/');
        return slash > 0 && isOwner(text.substring(0, slash)) && isName(text.substring(slash + 1))
                ? Optional.of(new RepositoryName(
                        Optional.of(text.substring(0, slash)), Optional.of(text.substring(slash + 1))))
                : Optional.empty();
    }
}
