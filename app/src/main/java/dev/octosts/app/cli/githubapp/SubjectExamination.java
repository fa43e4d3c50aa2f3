package dev.octosts.app.cli.githubapp;

import dev.octosts.app.settings.Settings;
import dev.octosts.github.AppAdminApi.Granted;
import dev.octosts.github.DirectoryEntry;
import dev.octosts.github.FileContent;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.MintedToken;
import dev.octosts.github.ReviewApi.Listing;
import dev.octosts.github.ReviewApi.ReviewAccess;
import dev.octosts.github.Route;
import dev.octosts.github.SubjectApi.SubjectTemplate;
import dev.octosts.github.TokenRequest;
import dev.octosts.policy.diagnostic.Severity;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.lint.PolicyLinter;
import dev.octosts.policy.lint.SubjectKnowledge;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.repository.PolicyPaths;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Holds the policies of a repository against the subjects that GitHub gives the tokens of its workflows. */
final class SubjectExamination {

    private static final Map<String, String> ALL = Map.of("contents", "read", "actions", "read");
    private static final Map<String, String> FILES = Map.of("contents", "read");
    private static final String FOLDER = PolicyPaths.FOLDER.substring(0, PolicyPaths.FOLDER.length() - 1);
    private static final String HEAD = "HEAD";
    private static final int MOST_POLICIES = 200;

    private final GitHub gitHub;
    private final GitHubApp app;
    private final Granted granted;
    private final String policyRepository;
    private final Consumer<Finding> findings;
    private final String owner;

    SubjectExamination(GitHub gitHub, GitHubApp app, Granted granted, Settings settings, Consumer<Finding> findings) {
        this.gitHub = gitHub;
        this.app = app;
        this.granted = granted;
        this.policyRepository = settings.exchange().policyRepository();
        this.findings = findings;
        this.owner = granted.installation().account();
    }

    void examine(String repository) {
        var name = owner + "/" + repository;
        var route = new Route(owner, app, granted.installation());
        var minted = gitHub.mint(route, new TokenRequest(ALL, List.of(repository)));
        boolean asks = true;
        if (minted instanceof Failure<MintedToken>(var reason) && reason == Reason.UNPROCESSABLE) {
            asks = false; // the App need not have actions: read
            minted = gitHub.mint(route, new TokenRequest(FILES, List.of(repository)));
        }
        switch (minted) {
            case Failure<MintedToken>(var reason) ->
                findings.accept(Finding.bad(
                        name,
                        "cannot be read (" + reason + ")",
                        "create it, or select it for the installation; see the checks above"));
            case Success<MintedToken>(var token) -> {
                try {
                    policies(token, repository, knowledge(token, repository, asks));
                } finally {
                    gitHub.revokeLater(app, owner, token.token());
                }
            }
        }
    }

    private SubjectKnowledge knowledge(MintedToken token, String repository, boolean asks) {
        var name = owner + "/" + repository;
        GitHubResult<SubjectTemplate> answer = asks
                ? gitHub.subjects().template(token.token().value(), owner, repository)
                : new Failure<>(Reason.FORBIDDEN);
        if (answer instanceof Success<SubjectTemplate>(var told)) {
            findings.accept(Finding.good(
                    name,
                    told.useDefault() || told.claimKeys().isEmpty()
                            ? "tokens of its workflows have subjects that begin with " + told.prefix() + ":"
                            : "tokens of its workflows have subjects of the claims "
                                    + String.join(", ", told.claimKeys())));
            return SubjectKnowledge.told(told.useDefault(), told.immutable(), told.prefix(), told.claimKeys());
        }
        findings.accept(Finding.doubtful(
                name,
                "GitHub does not say which subjects the tokens of its workflows have",
                "give the App actions: read to know it"));
        return gitHub.subjects().createdAt(token.token().value(), owner, repository)
                        instanceof Success<Instant>(var time)
                ? SubjectKnowledge.created(time.getEpochSecond())
                : SubjectKnowledge.UNKNOWN;
    }

    private void policies(MintedToken token, String repository, SubjectKnowledge knowledge) {
        var access =
                new ReviewAccess(app, owner, repository, granted.installation().id(), token.token());
        if (!(gitHub.reviews().directory(access, FOLDER, HEAD)
                instanceof Success<Listing<DirectoryEntry>>(var listing))) {
            findings.accept(Finding.bad(owner + "/" + repository, FOLDER + " cannot be listed", "try again"));
            return;
        }
        var policies = listing.items().stream()
                .map(DirectoryEntry::path)
                .filter(path -> !PolicyPaths.identity(path).isEmpty())
                .limit(MOST_POLICIES)
                .toList();
        long sound = policies.stream()
                .filter(path -> isSound(access, path, knowledge))
                .count();
        findings.accept(Finding.good(
                owner + "/" + repository, sound + " of " + policies.size() + " policies can be satisfied"));
    }

    private boolean isSound(ReviewAccess access, String path, SubjectKnowledge knowledge) {
        if (!(gitHub.reviews().file(access, path, HEAD)
                instanceof Success<FileContent>(FileContent.File(var bytes, var _)))) {
            findings.accept(Finding.doubtful(owner, path + " cannot be read", "make it a file of at most 1 MiB"));
            return false;
        }
        var kind = access.repository().equalsIgnoreCase(policyRepository)
                ? PolicyKind.ORGANIZATION
                : PolicyKind.REPOSITORY;
        var context = FileContext.of(kind, path).in(owner, access.repository()).with(knowledge);
        var error = PolicyLinter.lint(bytes, context).stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .findFirst();
        error.ifPresent(wrong -> findings.accept(Finding.bad(
                owner + "/" + access.repository(),
                path + ":" + wrong.line() + ": " + wrong.code().id() + " " + wrong.message(),
                "fix it, and check it with 'octo-sts policy check --live'")));
        return error.isEmpty();
    }
}
