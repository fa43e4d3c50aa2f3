package dev.octosts.exchange.policies;

import dev.octosts.policy.PolicyKind;

/**
 * Which policy file it is. Owner and repository are in lower case, because GitHub takes every spelling for one; the
 * identity is as it was asked for, because paths are not.
 *
 * @param owner the account
 * @param repository the repository that holds the file
 * @param identity the name of the policy
 * @param kind what the file may say
 */
public record PolicyFile(String owner, String repository, String identity, PolicyKind kind) {

    /** The path in the repository. */
    public String path() {
        return ".github/chainguard/" + identity + ".sts.yaml";
    }
}
