package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.policy.Grant;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.repository.GitHubNames;
import dev.octosts.policy.repository.PolicyKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The scope that a token is asked for.
 *
 * @param context of the policy file
 * @param wholeOwner whether the scope is an owner alone, or not known
 */
record ExplainedScope(FileContext context, boolean wholeOwner) {

    static ExplainedScope of(@Nullable String scope, Path file, CommandEnvironment environment) throws CommandFailure {
        var options = new RepositoryOptions();
        if (scope == null || scope.isEmpty()) {
            return new ExplainedScope(policy(options.resolver(environment).context(file)), true);
        }
        boolean owner = GitHubNames.isLogin(scope);
        if (!owner && RepositoryName.of(scope).isEmpty()) {
            throw new CommandFailure(
                    CommandFailure.USAGE, "--scope: write OWNER/REPOSITORY, or OWNER for an organization policy");
        }
        if (owner) {
            options.organization = scope;
        } else {
            options.repository = scope;
        }
        return new ExplainedScope(policy(options.resolver(environment).context(file)), owner);
    }

    private static FileContext policy(FileContext context) throws CommandFailure {
        if (!(context.kind() instanceof PolicyKind)) {
            throw new CommandFailure(CommandFailure.USAGE, "--policy: this is a file about policies; give a policy");
        }
        return context;
    }

    PolicyKind kind() {
        return context.policyKind();
    }

    /** The permissions of the token, and the repositories to which they apply. */
    String granted(Grant grant) {
        var permissions = grant.permissions().entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue().wireName())
                .sorted()
                .collect(Collectors.joining(", "));
        return permissions + " on " + repositories(grant.repositories());
    }

    private String repositories(List<String> listed) {
        if (!listed.isEmpty() && kind() == PolicyKind.ORGANIZATION) {
            return String.join(", ", listed);
        }
        if (kind() == PolicyKind.ORGANIZATION && wholeOwner) {
            return "every repository of the installation";
        }
        Optional<String> owner = context.owner();
        return context.repository()
                .map(name -> owner.map(found -> found + "/").orElse("") + name)
                .orElse("the repository that holds the policy");
    }
}
