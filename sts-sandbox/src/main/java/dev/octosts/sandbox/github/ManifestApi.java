package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Urls;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes Apps from manifests. On GitHub a person confirms on a page; here the page confirms by itself. It goes on to the
 * manifest's address at once, with a code that is good for an hour and for one conversion.
 *
 * @see <a href="https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest">GitHub:
 *     registering an App from a manifest</a>
 */
final class ManifestApi {
    private static final Duration GOOD_FOR = Duration.ofHours(1);

    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final World world;
    private final Clock clock;
    private final Supplier<String> baseUrl;

    ManifestApi(World world, Clock clock, Supplier<String> baseUrl) {
        this.world = world;
        this.clock = clock;
        this.baseUrl = baseUrl;
    }

    /** A confirmed manifest, and the account whose owner confirmed it. */
    private record Pending(JsonObject manifest, Account owner, Instant at) {}

    Reply reply(Call call) {
        if (!call.method().equals("POST")) {
            return Replies.notFound();
        }
        return call.kind() == CallKind.MANIFEST_FORM
                ? confirm(call)
                : convert(call.target().rest());
    }

    private Reply confirm(Call call) {
        var form = Urls.parameters(new String(call.request().body(), StandardCharsets.US_ASCII));
        var manifest = Json.parse(form.getOrDefault("manifest", "").getBytes(StandardCharsets.UTF_8))
                .filter(JsonObject.class::isInstance)
                .map(JsonValue::asJsonObject);
        var redirect = manifest.map(json -> json.getString("redirect_url", "")).orElse("");
        if (manifest.isEmpty() || manifest.get().getString("url", "").isEmpty() || redirect.isEmpty()) {
            return Replies.unprocessable("Invalid GitHub App configuration");
        }
        var organization = call.target().owner();
        var owner = organization == null
                ? world.addAccount("octocat", Account.Type.USER)
                : world.addAccount(organization, Account.Type.ORGANIZATION);
        var code = UUID.randomUUID().toString().replace("-", "");
        pending.put(code, new Pending(manifest.get(), owner, clock.instant()));
        var state = call.request().parameter("state").map(ManifestApi::encoded);
        var target = URI.create(redirect + "?code=" + code
                + state.map(value -> "&state=" + value).orElse(""));
        return Reply.empty(302).with("Location", target.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Reply convert(String code) {
        return Optional.ofNullable(pending.remove(code))
                .filter(known -> clock.instant().isBefore(known.at().plus(GOOD_FOR)))
                .map(known -> Reply.json(201, register(known)))
                .orElseGet(Replies::notFound);
    }

    private JsonObject register(Pending known) {
        var manifest = known.manifest();
        var name = manifest.getString("name", "app-" + UUID.randomUUID());
        var slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        var app = world.addApp(slug, permissions(manifest.get("default_permissions")));
        app.events(strings(manifest.get("default_events")));
        boolean active = manifest.get("hook_attributes") instanceof JsonObject hook && hook.getBoolean("active", true);
        if (active) {
            var url = manifest.getJsonObject("hook_attributes").getString("url", "");
            app.webhook(new GitHubApp.Webhook(url, UUID.randomUUID().toString()));
        }
        var json = Json.object(Documents.of(app))
                .add("owner", Documents.of(known.owner()))
                .add("html_url", baseUrl.get() + "/apps/" + slug)
                .add("client_secret", UUID.randomUUID().toString())
                .add("pem", app.pkcs1Pem());
        if (active) {
            json.add("webhook_secret", app.webhook().secret());
        } else {
            json.addNull("webhook_secret");
        }
        return json.build();
    }

    private static Permissions permissions(@Nullable JsonValue asked) {
        var permissions = Permissions.none();
        if (asked instanceof JsonObject object) {
            for (var entry : object.entrySet()) {
                permissions = permissions.and(
                        entry.getKey(),
                        Level.valueOf(
                                ((JsonString) entry.getValue()).getString().toUpperCase(Locale.ROOT)));
            }
        }
        return permissions;
    }

    private static String[] strings(@Nullable JsonValue list) {
        return list == null || list.getValueType() != JsonValue.ValueType.ARRAY
                ? new String[0]
                : list.asJsonArray().stream()
                        .map(value -> ((JsonString) value).getString())
                        .toArray(String[]::new);
    }
}
