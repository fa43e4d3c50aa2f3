package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Reply;
import java.util.Map;
import java.util.function.Supplier;

/** The part of the API that an installation calls with one of its tokens. */
final class InstallationApi {
    private final World world;
    private final Supplier<String> baseUrl;
    private final RepositoryApi repositories;

    InstallationApi(World world, Supplier<String> baseUrl) {
        this.world = world;
        this.baseUrl = baseUrl;
        this.repositories = new RepositoryApi(baseUrl);
    }

    Reply reply(Call call, InstallationToken token) {
        var installation = token.installation();
        if (world.installation(installation.id()).isEmpty()) {
            return Replies.badCredentials();
        }
        if (call.kind() == CallKind.REVOKE) {
            return revoke(call, token);
        }
        if (installation.suspended()) {
            return Replies.suspended();
        }
        return switch (call.kind()) {
            case APP,
                    HOOK_CONFIG,
                    MANIFEST_FORM,
                    MANIFEST_CONVERSION,
                    LIST_INSTALLATIONS,
                    GET_INSTALLATION,
                    FIND_INSTALLATION,
                    MINT,
                    HOOK_DELIVERIES -> Replies.notAnApp();
            case LIST_REPOSITORIES -> list(call, token);
            case AUDIT_LOG -> auditLog(call, token);
            case RATE_LIMIT -> Replies.rateLimit(installation.rateLimit());
            case REVOKE,
                    REPOSITORY,
                    CONTENT,
                    BRANCH,
                    COMMIT,
                    GIT_COMMIT,
                    COMPARE,
                    PULLS,
                    PULL,
                    PULL_FILES,
                    ISSUES,
                    CHECK_RUN,
                    SUBJECT_TEMPLATE,
                    OTHER -> inRepository(call, token);
        };
    }

    private static Reply revoke(Call call, InstallationToken token) {
        if (!call.method().equals("DELETE")) {
            return Replies.notFound();
        }
        token.revoke();
        return Reply.empty(204);
    }

    private Reply list(Call call, InstallationToken token) {
        var visible = world.repositories(token.installation().account()).stream()
                .filter(token::covers)
                .toList();
        var paging = Paging.of(call.request(), baseUrl.get());
        var json = Json.object()
                .add("total_count", visible.size())
                .add(
                        "repositories",
                        paging.slice(visible).stream().map(Documents::of).collect(Json.toArray()))
                .build();
        return Replies.page(json, paging.links(visible.size()));
    }

    /** An account that the token is not of has no audit log for it, as if there were none. */
    private Reply auditLog(Call call, InstallationToken token) {
        Account account = token.installation().account();
        if (!call.method().equals("GET")
                || account.type() != Account.Type.ORGANIZATION
                || !account.named(String.valueOf(call.target().owner()))
                || !world.log(account).isShown()) {
            return Replies.notFound();
        }
        return token.permissions().allow("organization_administration", Level.READ)
                ? world.log(account).reply(call.request(), baseUrl.get())
                : Replies.forbidden();
    }

    private Reply inRepository(Call call, InstallationToken token) {
        if (call.question().isPresent()) {
            return answer(call.question().get(), token);
        }
        var owner = call.target().owner();
        var name = call.target().repository();
        if (owner == null || name == null) {
            return Replies.notFound();
        }
        var repository = world.repository(owner, name);
        if (repository.isPresent()) {
            return repository
                    .filter(token::covers)
                    .map(found -> repositories.reply(call, token, found))
                    .orElseGet(Replies::notFound);
        }
        return world.formerly(owner, name)
                .filter(token::covers)
                .map(moved -> redirect(call, moved))
                .orElseGet(Replies::notFound);
    }

    private Reply answer(FilesQuestion question, InstallationToken token) {
        return world.repository(question.owner(), question.repository())
                .filter(token::covers)
                .filter(found -> token.permissions().allow("contents", Level.READ))
                .map(question::reply)
                .orElseGet(question::replyNotFound);
    }

    /** Redirects a call for a renamed repository to the repository's number. */
    private Reply redirect(Call call, Repository moved) {
        var below = call.path().split("/", 5);
        var location = baseUrl.get() + "/repositories/" + moved.id() + (below.length > 4 ? "/" + below[4] : "");
        return Replies.message(301, "Moved Permanently").with(Map.of("Location", location));
    }
}
