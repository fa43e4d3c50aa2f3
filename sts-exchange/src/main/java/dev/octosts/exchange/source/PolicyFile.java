package dev.octosts.exchange.source;

import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.repository.PolicyPaths;

/**
 * The address of a policy file. Owner and repository are in lower case, because GitHub treats all spellings of a name
 * as one. The identity is as the request has it, because paths are case-sensitive.
 *
 * @param owner the account
 * @param repository the repository that holds the file
 * @param identity the name of the policy
 * @param kind what kind of policy the file may hold
 */
public record PolicyFile(String owner, String repository, String identity, PolicyKind kind) {

    /** The path in the repository. */
    public String path() {
        return PolicyPaths.policy(identity);
    }
}
