package dev.octosts.app.cli.policy;

import dev.octosts.api.Egress;
import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandEnvironment.GivenValue;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.settings.Outgoing;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.SubjectApi.SubjectTemplate;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.lint.SubjectKnowledge;
import dev.octosts.policy.repository.PolicyKind;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Asks GitHub, once for each repository, how the subjects of its tokens are made. */
final class LiveSubjects implements AutoCloseable {

    /** A check of more repositories than this is not about their subjects. */
    private static final int MOST_REPOSITORIES = 500;

    private final @Nullable GitHub gitHub;
    private final String token;
    private final Map<String, SubjectKnowledge> known = new HashMap<>();
    private final List<String> unanswered = new ArrayList<>();

    private LiveSubjects(@Nullable GitHub gitHub, String token) {
        this.gitHub = gitHub;
        this.token = token;
    }

    /** Nobody is asked. */
    static LiveSubjects none() {
        return new LiveSubjects(null, "");
    }

    /** The options for asking GitHub. */
    static final class LiveOptions {

        private static final String API = "https://api.github.com";
        private static final List<String> TOKENS = List.of("GITHUB_TOKEN", "GH_TOKEN");

        @Option(
                names = "--live",
                description = "Ask GitHub how the subjects of the repository's tokens are made, with the token in"
                        + " GITHUB_TOKEN or GH_TOKEN, which needs actions: read. Without it, a subject that may have"
                        + " the wrong form is a hint and no error.")
        boolean live;

        @Option(
                names = "--github-url",
                paramLabel = "URL",
                description = "GitHub's REST API for --live, such as https://ghe.example/api/v3; else the variable"
                        + " GITHUB_API_URL, else " + API + ".")
        @Nullable
        String gitHubUrl;

        LiveOptions() {}

        LiveSubjects subjects(CommandEnvironment environment) throws CommandFailure {
            if (!live) {
                return none();
            }
            var token = TOKENS.stream()
                    .map(name -> environment.variables().getOrDefault(name, ""))
                    .filter(value -> !value.isBlank())
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure(
                            CommandFailure.USAGE,
                            "--live: there is no token to ask GitHub with",
                            "next: set GITHUB_TOKEN or GH_TOKEN, such as GH_TOKEN=$(gh auth token)"));
            if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new CommandFailure(
                        CommandFailure.USAGE, "--live: the token has blanks or line breaks in it; set it again");
            }
            var outgoing = Outgoing.read(environment.variables());
            if (!outgoing.faults().isEmpty()) {
                throw new CommandFailure(
                        CommandFailure.USAGE,
                        outgoing.faults().stream().map(Object::toString).toArray(String[]::new));
            }
            return new LiveSubjects(
                    new GitHub(
                            api(environment),
                            new Egress(outgoing.tls(), outgoing.proxies()),
                            GitHub.Time.ofThisMachine(),
                            call -> {}),
                    token);
        }

        private URI api(CommandEnvironment environment) throws CommandFailure {
            var given = environment
                    .given("--github-url", gitHubUrl, "GITHUB_API_URL")
                    .orElse(new GivenValue("--github-url", API));
            try {
                var address = URI.create(given.value().replaceFirst("/+$", ""));
                // A token goes there.
                if ("https".equals(address.getScheme())
                        && address.getHost() != null
                        && address.getRawUserInfo() == null
                        && address.getRawQuery() == null
                        && address.getRawFragment() == null) {
                    return address;
                }
            } catch (IllegalArgumentException notAnAddress) {
                // reported below
            }
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    given.name()
                            + ": this is not an https address of a GitHub API; give one like https://ghe.example.com/api/v3");
        }
    }

    /** The same file with what GitHub says about the tokens of its repository. */
    FileContext with(FileContext context) {
        if (gitHub == null
                || !(context.kind() instanceof PolicyKind)
                || context.owner().isEmpty()
                || context.repository().isEmpty()) {
            return context;
        }
        var owner = context.owner().get();
        var repository = context.repository().get();
        var name = (owner + "/" + repository).toLowerCase(Locale.ROOT);
        var before = Optional.ofNullable(known.get(name));
        if (before.isEmpty() && known.size() < MOST_REPOSITORIES) {
            known.put(name, ask(gitHub, owner, repository));
        }
        return context.with(known.getOrDefault(name, SubjectKnowledge.UNKNOWN));
    }

    private SubjectKnowledge ask(GitHub answering, String owner, String repository) {
        return switch (answering.subjects().template(token, owner, repository)) {
            case Success<SubjectTemplate>(var told) ->
                SubjectKnowledge.told(told.useDefault(), told.immutable(), told.prefix(), told.claimKeys());
            case Failure<SubjectTemplate>(var reason) -> {
                var created = answering.subjects().createdAt(token, owner, repository);
                unanswered.add("%s/%s: GitHub does not say how the subjects of its tokens are made (%s); %s"
                        .formatted(
                                owner,
                                repository,
                                reason,
                                created instanceof Success<Instant>
                                        ? "the token needs actions: read"
                                        : "check the token, --github-url and --repo"));
                yield created instanceof Success<Instant>(var time)
                        ? SubjectKnowledge.created(time.getEpochSecond())
                        : SubjectKnowledge.UNKNOWN;
            }
        };
    }

    /** The repositories about which GitHub did not say everything, with the reason. */
    List<String> unanswered() {
        return List.copyOf(unanswered);
    }

    @Override
    public void close() {
        if (gitHub != null) {
            gitHub.close();
        }
    }
}
