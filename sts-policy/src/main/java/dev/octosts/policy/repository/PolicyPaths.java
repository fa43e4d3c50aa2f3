package dev.octosts.policy.repository;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The paths of the files that the service reads. Paths start at the root of a repository and are case-sensitive.
 *
 * @param policyRepository the repository of an organization that holds its organization-level files, without its owner
 */
public record PolicyPaths(String policyRepository) {
    /** The folder of all files, with a slash at its end. */
    public static final String FOLDER = ".github/chainguard/";
    /** The end of a policy's file name. */
    public static final String SUFFIX = ".sts.yaml";
    /** The name of an organization's list of trusted issuers in the folder. */
    public static final String TRUSTED_ISSUERS_NAME = "trusted-token-issuers.yaml";
    /** The name of an organization's guard rails in the folder. */
    public static final String GUARDRAILS_NAME = "guardrails.yaml";
    /** The path of an organization's list of trusted issuers in its policy repository. */
    public static final String TRUSTED_ISSUERS = FOLDER + TRUSTED_ISSUERS_NAME;
    /** The path of an organization's guard rails in its policy repository. */
    public static final String GUARDRAILS = FOLDER + GUARDRAILS_NAME;

    private static final Map<FileKind, Pattern> SPELLINGS = Map.of(
            GovernanceKind.TRUSTED_ISSUERS,
            Pattern.compile("(?i)trusted[._-]?(token[._-]?)?issuers?(\\.sts)?\\.ya?ml"),
            GovernanceKind.GUARDRAILS,
            Pattern.compile("(?i)guard[._-]?rails?(\\.sts)?\\.ya?ml"));

    /**
     * The path of a policy.
     *
     * @param identity its name, as callers ask for it
     */
    public static String policy(String identity) {
        return FOLDER + identity + SUFFIX;
    }

    /** The name by which callers ask for a policy; empty when the path is not that of a policy. */
    public static String identity(String path) {
        boolean policy =
                path.startsWith(FOLDER) && path.endsWith(SUFFIX) && path.length() > FOLDER.length() + SUFFIX.length();
        if (!policy) {
            return "";
        }
        String identity = path.substring(FOLDER.length(), path.length() - SUFFIX.length());
        boolean elsewhere = Stream.of(identity.split("/", -1))
                .anyMatch(segment -> segment.isEmpty() || segment.equals(".") || segment.equals(".."));
        return elsewhere ? "" : identity;
    }

    /**
     * The kind of organization-level file that an author meant by a file name, which may be misspelt; empty when the
     * name is like neither.
     */
    public static Optional<FileKind> meant(String fileName) {
        return SPELLINGS.entrySet().stream()
                .filter(each -> each.getValue().matcher(fileName).matches())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * The kind of a file, if changes of it are reviewed. Policies in sub-folders are not reviewed.
     *
     * @param repository the name of its repository without the owner
     * @param path of the file
     */
    public Optional<FileKind> reviewed(String repository, String path) {
        boolean nested = path.indexOf('/', Math.min(FOLDER.length(), path.length())) >= 0;
        return nested ? Optional.empty() : known(repository, path);
    }

    /**
     * The kind of a file, if the exchange may read it.
     *
     * @param repository the name of its repository without the owner
     * @param path of the file
     */
    public Optional<FileKind> known(String repository, String path) {
        boolean organization = repository.equalsIgnoreCase(policyRepository);
        if (organization && path.equals(TRUSTED_ISSUERS)) {
            return Optional.of(GovernanceKind.TRUSTED_ISSUERS);
        }
        if (organization && path.equals(GUARDRAILS)) {
            return Optional.of(GovernanceKind.GUARDRAILS);
        }
        if (identity(path).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(organization ? PolicyKind.ORGANIZATION : PolicyKind.REPOSITORY);
    }
}
