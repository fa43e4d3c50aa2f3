package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Reply;
import java.util.Optional;
import java.util.function.Supplier;

/** The part of the API that an App calls as itself. */
final class AppApi {
    private final World world;
    private final Minting minting;
    private final Supplier<String> baseUrl;
    private final HookApi hooks;

    AppApi(World world, Minting minting, Supplier<String> baseUrl) {
        this.world = world;
        this.minting = minting;
        this.baseUrl = baseUrl;
        this.hooks = new HookApi(baseUrl);
    }

    Reply reply(Call call, GitHubApp app) {
        if (call.kind() == CallKind.HOOK_DELIVERIES) {
            return hooks.reply(call, world.hook(app));
        }
        if (!call.method().equals(call.kind() == CallKind.MINT ? "POST" : "GET")) {
            return Replies.notFound();
        }
        var id = call.target().id();
        return switch (call.kind()) {
            case APP -> Reply.json(200, Documents.of(app));
            case HOOK_CONFIG -> Reply.json(200, Documents.hookOf(app));
            case LIST_INSTALLATIONS -> list(call, app);
            case GET_INSTALLATION -> one(world.installation(id).filter(found -> found.app() == app));
            case FIND_INSTALLATION -> one(find(call.target(), app));
            case MINT ->
                world.installation(id)
                        .filter(found -> found.app() == app)
                        .map(found -> minting.mint(call, found))
                        .orElseGet(Replies::notFound);
            default -> Replies.notFound();
        };
    }

    private Reply list(Call call, GitHubApp app) {
        var all = world.installations(app);
        var paging = Paging.of(call.request(), baseUrl.get());
        var page = paging.slice(all).stream().map(Documents::of).collect(Json.toArray());
        return Replies.page(page.build(), paging.links(all.size()));
    }

    private static Reply one(Optional<Installation> installation) {
        return installation.map(found -> Reply.json(200, Documents.of(found))).orElseGet(Replies::notFound);
    }

    /** {@code /users/…} answers for organizations too, {@code /orgs/…} not for users. */
    private Optional<Installation> find(Target target, GitHubApp app) {
        var found = Optional.ofNullable(target.owner()).flatMap(owner -> world.installation(app, owner));
        var repository = target.repository();
        if (repository != null) {
            return found.filter(
                    installation -> world.repository(installation.account().login(), repository)
                            .filter(installation::covers)
                            .isPresent());
        }
        return found.filter(installation ->
                target.rest().equals("users") || installation.account().type() == Account.Type.ORGANIZATION);
    }
}
