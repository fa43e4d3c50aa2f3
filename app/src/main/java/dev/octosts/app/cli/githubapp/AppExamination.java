package dev.octosts.app.cli.githubapp;

import dev.octosts.app.settings.Settings;
import dev.octosts.github.AppAdminApi;
import dev.octosts.github.AppAdminApi.Granted;
import dev.octosts.github.AppAdminApi.Hook;
import dev.octosts.github.AppAdminApi.InstallationList;
import dev.octosts.github.AppAdminApi.Introduction;
import dev.octosts.github.AppAdminApi.Registered;
import dev.octosts.github.AppStatus;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.HookApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Compares one App, as GitHub knows it, with the needs of the deployment. */
final class AppExamination {

    /** A JWT is issued a minute in the past, and GitHub refuses one from the future. */
    private static final Duration CLOCK_MAY_DIFFER = Duration.ofSeconds(30);

    private final GitHub gitHub;
    private final AppAdminApi administration;
    private final GitHubApp app;
    private final Settings settings;
    private final Consumer<Finding> findings;
    private final String about;

    AppExamination(GitHub gitHub, GitHubApp app, Settings settings, Consumer<Finding> findings) {
        this.gitHub = gitHub;
        this.administration = gitHub.administration();
        this.app = app;
        this.settings = settings;
        this.findings = findings;
        this.about = "App " + app.id();
    }

    /** Checks everything; returns the installations, for a check of their policies. */
    List<Granted> examine() {
        var introduction = administration.introduce(app);
        clock(introduction);
        if (!(introduction.app() instanceof GitHubResult.Success<Registered>(var registered))) {
            unknown();
            return List.of();
        }
        findings.accept(Finding.good(about, "GitHub accepts its key and knows it as " + registered.slug()));
        permissions(registered);
        if (settings.webhook().isOn()) {
            hook(registered);
            deliveries();
        }
        return installations();
    }

    private void clock(Introduction introduction) {
        introduction
                .ahead()
                .filter(ahead -> ahead.abs().compareTo(CLOCK_MAY_DIFFER) > 0)
                .ifPresent(ahead -> findings.accept(Finding.bad(
                        "clock",
                        "this machine is " + ahead.abs().toSeconds() + " s "
                                + (ahead.isNegative() ? "behind" : "ahead of") + " GitHub",
                        "set it by NTP: GitHub refuses an App whose clock is wrong")));
    }

    /** Asks once more, to find the cause. */
    private void unknown() {
        findings.accept(
                switch (gitHub.app(app)) {
                    case AppStatus.Known _ ->
                        Finding.bad(about, "GitHub knows it, but not in the form that it documents", "try again");
                    case AppStatus.Rejected() ->
                        Finding.bad(about, "GitHub does not accept it", AppStatus.REJECTED_ADVICE);
                    case AppStatus.Unreachable(var cause) ->
                        Finding.bad(
                                about,
                                "GitHub at " + settings.exchange().gitHub().address() + " does not confirm it: "
                                        + cause.what(),
                                cause.advice());
                });
    }

    private void permissions(Registered registered) {
        var needed = settings.webhook().isOn() ? AppManifest.TO_REVIEW : AppManifest.TO_EXCHANGE;
        var missing = missing(registered.permissions(), needed);
        if (missing.isEmpty()) {
            findings.accept(Finding.good(
                    about,
                    "its permissions suffice; policies can grant "
                            + new TreeSet<>(registered.permissions().keySet())));
        } else {
            findings.accept(
                    Finding.bad(
                            about,
                            "lacks " + String.join(", ", missing),
                            "add it on the App's page under Permissions & events, and accept the change for each installation"));
        }
        if (registered.permissions().containsKey("administration")) {
            findings.accept(
                    Finding.doubtful(
                            about,
                            "has administration: " + registered.permissions().get("administration"),
                            "take it away unless a policy has to grant it: with it a token can change what protects a repository"));
        }
    }

    private static List<String> missing(Map<String, String> granted, Map<String, String> needed) {
        var missing = new ArrayList<String>();
        new TreeSet<>(needed.keySet()).forEach(name -> {
            var level = granted.get(name);
            if (level == null || !AppManifest.covers(level, needed.getOrDefault(name, ""))) {
                missing.add(name + ": " + needed.get(name));
            }
        });
        return missing;
    }

    private void hook(Registered registered) {
        var events = without(List.of("push", "pull_request"), registered.events());
        if (!events.isEmpty()) {
            findings.accept(Finding.bad(
                    about,
                    "is not told of " + String.join(", ", events),
                    "subscribe to it on the App's page under Permissions & events"));
        }
        switch (administration.hook(app)) {
            case GitHubResult.Failure<Hook>(var reason) ->
                findings.accept(Finding.bad(
                        about,
                        "its webhook cannot be looked at (" + reason + ")",
                        "switch the webhook on at the App's page, or unset GITHUB_WEBHOOK_SECRET"));
            case GitHubResult.Success<Hook>(var hook) -> hook(hook);
        }
    }

    private void hook(Hook hook) {
        var expected = AppManifest.hookUrl(settings.exchange().domain());
        if (hook.url().isEmpty()) {
            findings.accept(Finding.bad(about, "has no webhook", "give it the URL " + expected));
        } else if (!settings.exchange().domain().isEmpty() && !hook.url().equals(expected)) {
            findings.accept(Finding.doubtful(
                    about,
                    "delivers to " + hook.url(),
                    "that is right if it leads to this deployment; else give it " + expected));
        } else {
            findings.accept(Finding.good(about, "delivers to " + hook.url()));
        }
        if (!hook.url().isEmpty() && !hook.signed()) {
            findings.accept(Finding.bad(
                    about,
                    "its deliveries are not signed, so all of them are refused",
                    "set the webhook's secret on the App's page to that of GITHUB_WEBHOOK_SECRET"));
        }
        if (!hook.verifiesTls()) {
            findings.accept(Finding.doubtful(
                    about,
                    "delivers without looking at the certificate",
                    "switch SSL verification on at the App's page"));
        }
    }

    private static Collection<String> without(List<String> wanted, Collection<String> there) {
        return wanted.stream().filter(event -> !there.contains(event)).toList();
    }

    private void deliveries() {
        if (!(gitHub.deliveries().list(app, "") instanceof GitHubResult.Success<HookApi.Page>(var page))) {
            return; // the fault of the webhook was reported before
        }
        var failed = page.attempts().stream()
                .filter(attempt -> attempt.status() < 200 || attempt.status() > 299)
                .toList();
        if (page.attempts().isEmpty()) {
            findings.accept(Finding.doubtful(
                    about,
                    "nothing was delivered in the last three days",
                    "push something to a repository that it is installed for"));
        } else if (failed.isEmpty()) {
            findings.accept(Finding.good(about, "the last " + page.attempts().size() + " deliveries arrived"));
        } else {
            var last = failed.getFirst();
            var status = last.status() == 0 ? "no answer" : "status " + last.status();
            var advice = last.status() == 400
                    ? "the secret differs: set that of GITHUB_WEBHOOK_SECRET on the App's page"
                    : "check the URL, the way from GitHub to it, and the log at that time; then redeliver";
            findings.accept(Finding.bad(
                    about,
                    failed.size() + " of the last " + page.attempts().size() + " deliveries failed, the latest ("
                            + last.event() + ") at " + last.at() + " with " + status,
                    advice));
        }
    }

    private List<Granted> installations() {
        return switch (administration.installations(app)) {
            case GitHubResult.Failure<InstallationList>(var reason) -> {
                findings.accept(Finding.bad(about, "its installations cannot be listed (" + reason + ")", "try again"));
                yield List.of();
            }
            case GitHubResult.Success<InstallationList>(var installations) -> {
                if (installations.found().isEmpty()) {
                    findings.accept(Finding.bad(
                            about, "is not installed anywhere", "install it: Install App, on the App's page"));
                } else if (!installations.complete()) {
                    findings.accept(Finding.doubtful(
                            about, "has more than 5000 installations", "give --owner to look at certain ones"));
                }
                yield installations.found();
            }
        };
    }
}
