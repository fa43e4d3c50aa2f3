package dev.octosts.webhook.review;

import dev.octosts.policy.lint.FileKind;
import dev.octosts.webhook.payload.Events;
import dev.octosts.webhook.payload.RepositoryRef;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides which files of a repository are about tokens.
 *
 * @param policyRepository the repository of an organization that holds its organization-level files
 */
public record PolicyPaths(String policyRepository) {

    private static final String SUFFIX = ".sts.yaml";
    private static final String TRUSTED_ISSUERS = Events.FOLDER + "trusted-token-issuers.yaml";
    private static final String GUARDRAILS = Events.FOLDER + "guardrails.yaml";

    /** Whether this repository has the organization-level files. */
    boolean isPolicyRepository(RepositoryRef repository) {
        return repository.name().equalsIgnoreCase(policyRepository);
    }

    /** The kind of a file, if changes of it are reviewed. Policies in sub-folders are not reviewed. */
    Optional<FileKind> reviewed(RepositoryRef repository, String path) {
        boolean nested = path.indexOf('/', Math.min(Events.FOLDER.length(), path.length())) >= 0;
        return nested ? Optional.empty() : known(repository, path);
    }

    /** The kind of a file, if the exchange may read it. */
    Optional<FileKind> known(RepositoryRef repository, String path) {
        boolean organization = isPolicyRepository(repository);
        if (organization && path.equals(TRUSTED_ISSUERS)) {
            return Optional.of(FileKind.TRUSTED_ISSUERS);
        }
        if (organization && path.equals(GUARDRAILS)) {
            return Optional.of(FileKind.GUARDRAILS);
        }
        if (identity(path).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(organization ? FileKind.ORGANIZATION : FileKind.REPOSITORY);
    }

    /** The name by which callers ask for a policy; empty when the file is not a policy. */
    static String identity(String path) {
        boolean policy = path.startsWith(Events.FOLDER)
                && path.endsWith(SUFFIX)
                && path.length() > Events.FOLDER.length() + SUFFIX.length();
        if (!policy) {
            return "";
        }
        String identity = path.substring(Events.FOLDER.length(), path.length() - SUFFIX.length());
        boolean elsewhere = Stream.of(identity.split("/", -1))
                .anyMatch(segment -> segment.isEmpty() || segment.equals(".") || segment.equals(".."));
        return elsewhere ? "" : identity;
    }
}
