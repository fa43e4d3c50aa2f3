package dev.octosts.sandbox.github;

import jakarta.json.JsonObject;

/** GitHub's JSON for what exists in the {@link World}. */
final class Documents {
    private Documents() {}

    static JsonObject of(GitHubApp app) {
        return Json.object()
                .add("id", app.id())
                .add("client_id", app.clientId())
                .add("slug", app.slug())
                .add("name", app.slug())
                .add("html_url", "https://github.com/apps/" + app.slug())
                .add("permissions", app.permissions().json())
                .add("events", Json.strings(app.events().stream()))
                .build();
    }

    /** The webhook of an App; the secret is never shown. */
    static JsonObject hookOf(GitHubApp app) {
        var hook = app.webhook();
        var json = Json.object()
                .add("content_type", "json")
                .add("insecure_ssl", "0")
                .add("url", hook.url());
        if (!hook.secret().isEmpty()) {
            json.add("secret", "********");
        }
        return json.build();
    }

    static JsonObject of(Account account) {
        return Json.object()
                .add("login", account.login())
                .add("id", account.id())
                .add("type", account.type().text())
                .build();
    }

    static JsonObject of(Installation installation) {
        var json = Json.object()
                .add("id", installation.id())
                .add("app_id", installation.app().id())
                .add("app_slug", installation.app().slug())
                .add("account", of(installation.account()))
                .add("target_id", installation.account().id())
                .add("target_type", installation.account().type().text())
                .add("repository_selection", installation.selection())
                .add("permissions", installation.permissions().json())
                .add("events", Json.strings(installation.app().events().stream()));
        installation
                .suspendedAt()
                .ifPresentOrElse(at -> json.add("suspended_at", at.toString()), () -> json.addNull("suspended_at"));
        return json.build();
    }

    static JsonObject of(Repository repository, int number, PullRequest pull) {
        return Json.object()
                .add("number", number)
                .add("state", "open")
                .add("changed_files", pull.files().size())
                .add("head", Json.object().add("sha", pull.head()))
                .add(
                        "base",
                        Json.object()
                                .add("ref", pull.baseBranch())
                                .add("sha", pull.base())
                                .add("repo", of(repository)))
                .build();
    }

    static JsonObject of(Repository repository) {
        return Json.object()
                .add("id", repository.id())
                .add("name", repository.name())
                .add("full_name", repository.fullName())
                .add("private", true)
                .add("default_branch", repository.defaultBranch())
                .add("created_at", repository.createdAt().toString())
                .add("owner", of(repository.owner()))
                .build();
    }

    /**
     * How the subjects of a repository's tokens are made.
     *
     * @see <a href="https://docs.github.com/en/rest/actions/oidc">GitHub: get the customization template for an OIDC
     *     subject claim for a repository</a>
     */
    static JsonObject subjectsOf(Repository repository) {
        var subjects = repository.subjects();
        var json = Json.object().add("use_default", subjects.claimKeys().isEmpty());
        if (!subjects.claimKeys().isEmpty()) {
            json.add("include_claim_keys", Json.strings(subjects.claimKeys().stream()));
        }
        return json.add("use_immutable_subject", subjects.immutable())
                .add("sub_claim_prefix", repository.subjectPrefix())
                .build();
    }
}
