package dev.octosts.policy.lint;

import dev.octosts.policy.repository.FileKind;
import dev.octosts.policy.repository.PolicyKind;
import java.util.Optional;

/**
 * The facts known about a file in addition to its bytes.
 *
 * @param kind what it is for
 * @param fileName its name, or its path in its repository, with slashes; empty when it is not known
 * @param owner the account that it belongs to, when known
 * @param repository the repository that holds it, without its owner, when known
 * @param rules what the organization says about its policies
 * @param subjects what is known about the tokens of workflows in that repository
 */
public record FileContext(
        FileKind kind,
        String fileName,
        Optional<String> owner,
        Optional<String> repository,
        OrganizationRules rules,
        SubjectKnowledge subjects) {
    /** A file of a repository about whose tokens nothing is known. */
    public FileContext(
            FileKind kind,
            String fileName,
            Optional<String> owner,
            Optional<String> repository,
            OrganizationRules rules) {
        this(kind, fileName, owner, repository, rules, SubjectKnowledge.UNKNOWN);
    }

    /** A file with only its purpose and name known. */
    public static FileContext of(FileKind kind, String fileName) {
        return new FileContext(kind, fileName, Optional.empty(), Optional.empty(), OrganizationRules.NONE);
    }

    /**
     * As which policy it is read. A file whose name is like that of a file about policies is read as a repository's.
     */
    public PolicyKind policyKind() {
        return kind instanceof PolicyKind policy ? policy : PolicyKind.REPOSITORY;
    }

    /** The same file in a repository. */
    public FileContext in(String ownerName, String repositoryName) {
        return new FileContext(kind, fileName, Optional.of(ownerName), Optional.of(repositoryName), rules, subjects);
    }

    /** The same file in an organization with these rules. */
    public FileContext under(OrganizationRules organization) {
        return new FileContext(kind, fileName, owner, repository, organization, subjects);
    }

    /** The same file in a repository about whose tokens so much is known. */
    public FileContext with(SubjectKnowledge knowledge) {
        return new FileContext(kind, fileName, owner, repository, rules, knowledge);
    }
}
