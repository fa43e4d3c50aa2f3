package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Reply;
import jakarta.json.JsonObject;
import java.util.function.Supplier;

/**
 * The part of the API about the deliveries of an App's webhook.
 *
 * @see <a href="https://docs.github.com/en/rest/apps/webhooks#list-deliveries-for-an-app-webhook">List deliveries</a>
 */
final class HookApi {
    private static final String CURSOR = "v1_";

    private final Supplier<String> baseUrl;

    HookApi(Supplier<String> baseUrl) {
        this.baseUrl = baseUrl;
    }

    Reply reply(Call call, AppHook hook) {
        var rest = call.target().rest();
        if (call.method().equals("POST")) {
            boolean known =
                    rest.endsWith("/attempts") && hook.redeliver(call.target().id());
            return known ? Reply.json(202, "{}") : Replies.notFound();
        }
        if (!call.method().equals("GET") || rest.endsWith("/attempts")) {
            return Replies.notFound();
        }
        return rest.isEmpty()
                ? list(call, hook)
                : hook.find(call.target().id())
                        .map(attempt -> Reply.json(200, json(attempt)))
                        .orElseGet(Replies::notFound);
    }

    /** Lists by cursor, not by page. */
    private Reply list(Call call, AppHook hook) {
        int size = Paging.of(call.request(), baseUrl.get()).size();
        var cursor = call.request().parameter("cursor").orElse("");
        long from = Long.MAX_VALUE;
        if (!cursor.isEmpty()) {
            if (!cursor.matches(CURSOR + "[0-9]{1,18}")) {
                return Replies.unprocessable("Invalid cursor");
            }
            from = Long.parseLong(cursor.substring(CURSOR.length()));
        }
        long first = from;
        var left = hook.attempts().stream()
                .filter(attempt -> attempt.id() <= first)
                .toList();
        var page = left.stream().limit(size).map(HookApi::json).collect(Json.toArray());
        var next = left.size() <= size
                ? ""
                : "<%s/app/hook/deliveries?per_page=%d&cursor=%s%d>; rel=\"next\""
                        .formatted(baseUrl.get(), size, CURSOR, left.get(size).id());
        return Replies.page(page.build(), next);
    }

    private static JsonObject json(AppHook.Attempt attempt) {
        return Json.object()
                .add("id", attempt.id())
                .add("guid", attempt.guid())
                .add("delivered_at", attempt.at().toString())
                .add("redelivery", attempt.redelivery())
                .add("duration", 0.05)
                .add("status", text(attempt.status()))
                .add("status_code", attempt.status())
                .add("event", attempt.event())
                .addNull("action")
                .addNull("installation_id")
                .addNull("repository_id")
                .addNull("throttled_at")
                .build();
    }

    private static String text(int status) {
        if (status == 0) {
            return "failed to connect to host";
        }
        return status < 300 ? "OK" : "Invalid HTTP Response: " + status;
    }
}
