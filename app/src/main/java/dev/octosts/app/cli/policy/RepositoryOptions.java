package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.policy.repository.GitHubNames;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that name the repository of the files, for users who know better than the checkout. */
final class RepositoryOptions {

    private static final String POLICY_REPOSITORY = ".github";

    @Option(
            names = "--org",
            arity = "0..1",
            paramLabel = "OWNER",
            preprocessor = OptionalValue.Owner.class,
            description = "The files are organization policies (of OWNER).")
    @Nullable
    String organization;

    @Option(
            names = "--repo",
            arity = "0..1",
            paramLabel = "[OWNER/]REPOSITORY",
            preprocessor = OptionalValue.Repository.class,
            description = "The files are in that repository; without a name: in one that holds its own policies.")
    @Nullable
    String repository;

    @Option(
            names = "--policy-repo",
            paramLabel = "REPOSITORY",
            description = "The repository that holds an organization's policies; else the variable ORG_POLICY_REPO,"
                    + " else " + POLICY_REPOSITORY + ".")
    @Nullable
    String policyRepository;

    RepositoryOptions() {}

    RepositoryResolver resolver(CommandEnvironment environment) throws CommandFailure {
        var policies = environment
                .given("--policy-repo", policyRepository, "ORG_POLICY_REPO")
                .map(CommandEnvironment.GivenValue::value)
                .orElse(POLICY_REPOSITORY);
        if (organization == null && repository == null) {
            return RepositoryResolver.derived(policies);
        }
        return RepositoryResolver.said(said(policies), isOrganization(policies), policies);
    }

    private RepositoryName said(String policies) throws CommandFailure {
        var owner = organization == null || organization.isEmpty() ? Optional.<String>empty() : owner(organization);
        var given = repository == null ? "" : repository;
        if (given.isEmpty()) {
            boolean theirs = repository == null && organization != null;
            return new RepositoryName(owner, theirs ? Optional.of(policies) : Optional.empty());
        }
        var named = RepositoryName.of(given)
                .or(() -> Optional.of(given)
                        .filter(GitHubNames::isRepository)
                        .map(name -> new RepositoryName(owner, Optional.of(name))))
                .orElseThrow(
                        () -> new CommandFailure(CommandFailure.USAGE, "--repo: write REPOSITORY or OWNER/REPOSITORY"));
        if (owner.isPresent() && !named.owner().equals(owner)) {
            throw new CommandFailure(CommandFailure.USAGE, "--org and --repo name different owners");
        }
        return named;
    }

    private static Optional<String> owner(String organization) throws CommandFailure {
        if (!GitHubNames.isLogin(organization)) {
            throw new CommandFailure(
                    CommandFailure.USAGE, "--org: write the owner's name alone, such as --org=octo-org");
        }
        return Optional.of(organization);
    }

    private boolean isOrganization(String policies) throws CommandFailure {
        if (repository == null) {
            return true;
        }
        if (repository.isEmpty()) {
            if (organization != null && organization.isEmpty()) {
                throw new CommandFailure(
                        CommandFailure.USAGE, "--org and --repo exclude each other when both have no name");
            }
            return false;
        }
        boolean bare = organization != null && organization.isEmpty();
        return bare || repository.substring(repository.indexOf('/') + 1).equalsIgnoreCase(policies);
    }

    /**
     * Options whose value may be missing, in front of paths. The word after such an option is its value when the word
     * is a possible value and is not a file. A word after {@code =} is always the value.
     */
    @SuppressWarnings("JdkObsolete") // picocli passes a stack
    abstract static class OptionalValue implements IParameterPreprocessor {

        abstract boolean isValue(String word);

        @Override
        public final boolean preprocess(
                Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            boolean attached = info.get("separator") instanceof String separator && !separator.isBlank();
            if (attached || (!words.isEmpty() && isValue(words.peek()) && !isFile(words.peek()))) {
                return false;
            }
            option.setValue("");
            return true;
        }

        private static boolean isFile(String word) {
            try {
                return Files.exists(Path.of(word));
            } catch (InvalidPathException _) {
                return false;
            }
        }

        /** An owner. */
        static final class Owner extends OptionalValue {
            Owner() {}

            @Override
            boolean isValue(String word) {
                return GitHubNames.isLogin(word);
            }
        }

        /** A repository, with or without its owner. */
        static final class Repository extends OptionalValue {
            Repository() {}

            @Override
            boolean isValue(String word) {
                return RepositoryName.of(word).isPresent() || GitHubNames.isRepository(word);
            }
        }
    }
}
