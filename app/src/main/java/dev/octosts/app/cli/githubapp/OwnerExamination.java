package dev.octosts.app.cli.githubapp;

import dev.octosts.app.settings.Settings;
import dev.octosts.github.AppAdminApi.Granted;
import dev.octosts.github.FileContent;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.MintedToken;
import dev.octosts.github.Route;
import dev.octosts.github.TokenRequest;
import dev.octosts.policy.diagnostic.Parsed;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.repository.PolicyPaths;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Checks one installation, and the organization's files in its policy repository. */
final class OwnerExamination {

    private final GitHub gitHub;
    private final GitHubApp app;
    private final Granted granted;
    private final String repository;
    private final Consumer<Finding> findings;
    private final String owner;

    OwnerExamination(GitHub gitHub, GitHubApp app, Granted granted, Settings settings, Consumer<Finding> findings) {
        this.gitHub = gitHub;
        this.app = app;
        this.granted = granted;
        this.repository = settings.exchange().policyRepository();
        this.findings = findings;
        this.owner = granted.installation().account();
    }

    void examine() {
        if (granted.installation().suspended()) {
            tell(Finding.bad(
                    owner,
                    "the installation of App " + app.id() + " is suspended",
                    "its owner can lift that under Settings, GitHub Apps"));
            return;
        }
        var level = granted.permissions().get("contents");
        if (level == null) {
            tell(Finding.bad(
                    owner,
                    "did not grant contents: read",
                    "an owner accepts the App's permissions under Settings, GitHub Apps"));
            return;
        }
        tell(Finding.good(
                owner,
                "App " + app.id() + " is installed for " + (granted.selection().equals("all") ? "all" : "selected")
                        + " repositories"));
        policyRepository();
    }

    private void policyRepository() {
        var asked = TokenRequest.toRead(List.of(repository));
        switch (gitHub.mint(new Route(owner, app, granted.installation()), asked)) {
            case GitHubResult.Failure<MintedToken>(var reason) -> unreadable(reason);
            case GitHubResult.Success<MintedToken>(var minted) -> {
                try {
                    file(minted, PolicyPaths.TRUSTED_ISSUERS, "trusted issuers", OwnerExamination::issuers);
                    file(minted, PolicyPaths.GUARDRAILS, "guard rails", OwnerExamination::guardrails);
                } finally {
                    gitHub.revokeLater(app, owner, minted.token());
                }
            }
        }
    }

    private void unreadable(Reason reason) {
        var name = owner + "/" + repository;
        tell(
                reason == Reason.UNPROCESSABLE
                        ? Finding.doubtful(
                                owner,
                                "the installation does not reach " + name + ", or there is none: no list of trusted"
                                        + " issuers holds, and every issuer is permitted",
                                "create it and select it for the installation, if the organization wants rules of its own")
                        : Finding.bad(
                                owner, name + " cannot be read (" + reason + ")", "try again; see the checks above"));
    }

    private void file(MintedToken token, String path, String what, Function<byte[], Optional<String>> fault) {
        var place = new GitHub.FilePlace(
                owner, repository, path, granted.installation().id());
        switch (gitHub.content(app, token.token(), place, "")) {
            case GitHubResult.Failure<FileContent>(var reason) ->
                tell(Finding.bad(owner, path + " cannot be read (" + reason + ")", "try again"));
            case GitHubResult.Success<FileContent>(FileContent.File(var bytes, var _)) ->
                tell(fault.apply(bytes)
                        .map(wrong -> Finding.bad(
                                owner,
                                path + " is not valid: " + wrong,
                                "fix it: until then every exchange of this owner fails, or uses an older copy"))
                        .orElseGet(() -> Finding.good(owner, what + " are valid (" + path + ")")));
            case GitHubResult.Success<FileContent>(FileContent.Absent()) ->
                tell(Finding.good(owner, "there are no " + what + " (" + path + ")"));
            case GitHubResult.Success<FileContent>(var _) ->
                tell(Finding.bad(owner, path + " is not a file that can be read", "make it a file of at most 1 MiB"));
        }
    }

    private static Optional<String> issuers(byte[] file) {
        return switch (TrustedIssuers.read(file)) {
            case Parsed.Valid<TrustedIssuers> _ -> Optional.empty();
            case Parsed.Invalid(var faults) ->
                Optional.of(faults.getFirst().line() + ":" + faults.getFirst().column() + " "
                        + faults.getFirst().message());
        };
    }

    private static Optional<String> guardrails(byte[] file) {
        return switch (Guardrails.read(file)) {
            case Parsed.Valid<Guardrails> _ -> Optional.empty();
            case Parsed.Invalid(var faults) ->
                Optional.of(faults.getFirst().line() + ":" + faults.getFirst().column() + " "
                        + faults.getFirst().message());
        };
    }

    private void tell(Finding finding) {
        findings.accept(finding);
    }
}
