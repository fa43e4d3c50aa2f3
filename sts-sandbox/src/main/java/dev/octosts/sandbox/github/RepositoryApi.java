package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Reply;
import jakarta.json.JsonValue;
import java.util.function.Supplier;

/** The part of the API about a repository that an installation token covers. */
final class RepositoryApi {
    private static final int MOST_FILES_COMPARED = 300;
    private static final int MOST_FILES_OF_A_PULL = 3_000;

    private final Contents contents;
    private final Supplier<String> baseUrl;
    private final CheckRunApi checkRuns;

    RepositoryApi(Supplier<String> baseUrl) {
        this.contents = new Contents(baseUrl);
        this.baseUrl = baseUrl;
        this.checkRuns = new CheckRunApi(baseUrl);
    }

    Reply reply(Call call, InstallationToken token, Repository repository) {
        var permissions = token.permissions();
        return switch (call.kind()) {
            case REPOSITORY -> get(call, true, () -> Reply.json(200, Documents.of(repository)));
            case CONTENT -> content(call, permissions, repository);
            case BRANCH -> get(call, permissions.allow("contents", Level.READ), () -> branch(call, repository));
            case COMMIT -> get(call, permissions.allow("contents", Level.READ), () -> commit(call, repository));
            case GIT_COMMIT -> get(call, permissions.allow("contents", Level.READ), () -> gitCommit(call, repository));
            case COMPARE -> get(call, permissions.allow("contents", Level.READ), () -> compare(call, repository));
            case PULLS -> get(call, permissions.allow("pull_requests", Level.READ), () -> pulls(repository));
            case PULL -> get(call, maySeePulls(permissions), () -> pull(call, repository));
            case PULL_FILES -> get(call, maySeePulls(permissions), () -> pullFiles(call, repository));
            case ISSUES -> issues(call, token, repository);
            case SUBJECT_TEMPLATE ->
                get(
                        call,
                        permissions.allow("actions", Level.READ),
                        () -> Reply.json(200, Documents.subjectsOf(repository)));
            case CHECK_RUN -> checkRuns.reply(call, token, repository);
            case APP,
                    HOOK_CONFIG,
                    MANIFEST_FORM,
                    MANIFEST_CONVERSION,
                    LIST_INSTALLATIONS,
                    GET_INSTALLATION,
                    FIND_INSTALLATION,
                    MINT,
                    REVOKE,
                    RATE_LIMIT,
                    LIST_REPOSITORIES,
                    AUDIT_LOG,
                    HOOK_DELIVERIES,
                    OTHER -> Replies.notFound();
        };
    }

    private static boolean maySeePulls(Permissions permissions) {
        return permissions.allow("pull_requests", Level.READ) || permissions.allow("contents", Level.READ);
    }

    private Reply content(Call call, Permissions permissions, Repository repository) {
        if (!call.method().equals("PUT")) {
            return get(call, permissions.allow("contents", Level.READ), () -> contents.reply(call, repository));
        }
        return permissions.allow("contents", Level.WRITE) ? contents.write(call, repository) : Replies.forbidden();
    }

    private static Reply get(Call call, boolean allowed, Supplier<Reply> reply) {
        if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
            return Replies.notFound();
        }
        return allowed ? reply.get() : Replies.forbidden();
    }

    private static Reply branch(Call call, Repository repository) {
        var name = call.target().rest();
        if (!repository.branches().contains(name)) {
            return Replies.message(404, "Branch not found");
        }
        var commit = Json.object().add("sha", repository.head(name));
        return Reply.json(
                200, Json.object().add("name", name).add("commit", commit).build());
    }

    private static Reply commit(Call call, Repository repository) {
        var ref = call.target().rest();
        return repository
                .commit(ref)
                .map(sha -> Reply.json(200, Json.object().add("sha", sha).build()))
                .orElseGet(() -> Replies.unprocessable("No commit found for SHA: " + ref));
    }

    /** The Git object: of a commit that no branch contains any more, too, until Git deletes it. */
    private static Reply gitCommit(Call call, Repository repository) {
        var sha = call.target().rest().substring("commits/".length());
        return repository
                .commit(sha)
                .filter(sha::equals)
                .map(known -> Reply.json(200, Json.object().add("sha", known).build()))
                .orElseGet(Replies::notFound);
    }

    /** Compares two commits. Pages contain commits; the first page has all the files that GitHub gives. */
    private Reply compare(Call call, Repository repository) {
        var comparison = repository.comparison(call.target().rest());
        if (comparison.isEmpty()) {
            return Replies.notFound();
        }
        var paging = Paging.of(call.request(), baseUrl.get());
        var commits = comparison.get().commits();
        var files = comparison.get().files().stream()
                .limit(paging.page() == 1 ? MOST_FILES_COMPARED : 0)
                .map(ChangedFile::json)
                .collect(Json.toArray());
        var json = Json.object()
                .add("status", "ahead")
                .add("ahead_by", commits)
                .add("total_commits", commits)
                .add("commits", JsonValue.EMPTY_JSON_ARRAY)
                .add("files", files)
                .build();
        return Replies.page(json, call.query().isEmpty() ? "" : paging.links(commits));
    }

    private static Reply pulls(Repository repository) {
        return Reply.json(
                200,
                repository.pulls().stream()
                        .map(number -> Json.object()
                                .add("number", number)
                                .add("state", "open")
                                .build())
                        .collect(Json.toArray())
                        .build());
    }

    private static Reply pull(Call call, Repository repository) {
        var number = (int) call.target().id();
        return repository
                .pull(number)
                .map(pull -> Reply.json(200, Documents.of(repository, number, pull)))
                .orElseGet(Replies::notFound);
    }

    private Reply pullFiles(Call call, Repository repository) {
        var pull = repository.pull((int) call.target().id());
        if (pull.isEmpty() || !call.target().rest().endsWith("/files")) {
            return Replies.notFound();
        }
        var files = pull.get().files().stream().limit(MOST_FILES_OF_A_PULL).toList();
        var paging = Paging.of(call.request(), baseUrl.get());
        var page = paging.slice(files).stream().map(ChangedFile::json).collect(Json.toArray());
        return Replies.page(page.build(), paging.links(files.size()));
    }

    private static Reply issues(Call call, InstallationToken token, Repository repository) {
        if (call.method().equals("GET")) {
            return get(call, token.permissions().allow("issues", Level.READ), () -> {
                var all = repository.issues().stream().map(RepositoryApi::json).collect(Json.toArray());
                return Reply.json(200, all.build());
            });
        }
        if (!call.method().equals("POST")) {
            return Replies.notFound();
        }
        if (!token.permissions().allow("issues", Level.WRITE)) {
            return Replies.forbidden();
        }
        var title = call.json().getString("title", "");
        return title.isEmpty()
                ? Replies.unprocessable("Validation Failed")
                : Reply.json(201, json(repository.open(title)));
    }

    private static JsonValue json(Repository.Issue issue) {
        return Json.object()
                .add("id", issue.id())
                .add("number", issue.number())
                .add("title", issue.title())
                .add("state", "open")
                .build();
    }
}
