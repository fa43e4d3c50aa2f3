package dev.octosts.operators;

import dev.octosts.sandbox.Await;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * With Keycloak, which {@code KEYCLOAK_HOME} names. No part of the usual tests, because it takes minutes; {@code
 * deploy/keycloak-trial} runs it.
 */
class KeycloakTrial extends ForeignProviderContract {

    private static final int PORT = freePort();
    private static final String REALM = "octo";
    private static final String PASSWORD = "any";
    private static final Duration START = Duration.ofMinutes(5);

    private static @Nullable Keycloak keycloak;

    @BeforeAll
    static void start() throws IOException {
        var home = System.getenv("KEYCLOAK_HOME");
        if (home == null) {
            throw new AssertionError("KEYCLOAK_HOME is not set; deploy/keycloak-trial fetches Keycloak and sets it");
        }
        keycloak = new Keycloak(Path.of(home));
    }

    @AfterAll
    static void stop() {
        if (keycloak != null) {
            keycloak.close();
        }
    }

    @Override
    ForeignProvider provider() {
        return Objects.requireNonNull(keycloak, "not started");
    }

    @Override
    int port() {
        return PORT;
    }

    /** Keycloak for developers, with a realm of its own. */
    private static final class Keycloak implements ForeignProvider {

        private final Path home;
        private final int port = freePort();
        private final HttpClient client = HttpClient.newHttpClient();
        private @Nullable Process process;
        private int rotations;

        Keycloak(Path home) throws IOException {
            this.home = home;
            var realm = home.resolve("data").resolve("import");
            Files.createDirectories(realm);
            Files.writeString(realm.resolve(REALM + "-realm.json"), realm().toString());
            up();
        }

        private static JsonObject realm() {
            return Json.createObjectBuilder()
                    .add("realm", REALM)
                    .add("enabled", true)
                    .add("sslRequired", "none")
                    .add("groups", array(group("platform"), group("watchers"), group("others")))
                    .add("users", array(user("ann", "platform"), user("vic", "watchers"), user("nobody", "others")))
                    .add(
                            "clients",
                            array(
                                    console(),
                                    robot("robot", "platform", AUDIENCE),
                                    robot("robot-of-another", "platform", "urn:another"),
                                    robot("poor-robot", "others", AUDIENCE)))
                    .build();
        }

        private static JsonArrayBuilder array(JsonObjectBuilder... parts) {
            var array = Json.createArrayBuilder();
            for (JsonObjectBuilder part : parts) {
                array.add(part);
            }
            return array;
        }

        private static JsonObjectBuilder group(String name) {
            return Json.createObjectBuilder().add("name", name);
        }

        private static JsonObjectBuilder user(String name, String group) {
            return Json.createObjectBuilder()
                    .add("username", name)
                    .add("enabled", true)
                    .add("email", name + "@example.com")
                    .add("emailVerified", true)
                    .add("firstName", name)
                    .add("lastName", "Example")
                    .add(
                            "credentials",
                            array(Json.createObjectBuilder()
                                    .add("type", "password")
                                    .add("value", PASSWORD)
                                    .add("temporary", false)))
                    .add("groups", Json.createArrayBuilder().add("/" + group));
        }

        private static JsonObjectBuilder client(String id) {
            return Json.createObjectBuilder()
                    .add("clientId", id)
                    .add("secret", SECRET)
                    .add("publicClient", false)
                    .add("directAccessGrantsEnabled", false);
        }

        private static JsonObjectBuilder console() {
            return client("octo-sts-console")
                    .add("standardFlowEnabled", true)
                    .add("redirectUris", Json.createArrayBuilder().add("http://localhost:" + PORT + "/login/callback"))
                    .add("attributes", Json.createObjectBuilder().add("pkce.code.challenge.method", "S256"))
                    .add(
                            "protocolMappers",
                            array(mapper("oidc-group-membership-mapper")
                                    .add(
                                            "config",
                                            Json.createObjectBuilder()
                                                    .add("claim.name", "groups")
                                                    .add("full.path", "false")
                                                    .add("id.token.claim", "true"))));
        }

        private static JsonObjectBuilder robot(String id, String group, String audience) {
            return client(id)
                    .add("standardFlowEnabled", false)
                    .add("serviceAccountsEnabled", true)
                    .add(
                            "protocolMappers",
                            array(
                                    mapper("oidc-audience-mapper")
                                            .add(
                                                    "config",
                                                    Json.createObjectBuilder()
                                                            .add("included.custom.audience", audience)
                                                            .add("access.token.claim", "true")),
                                    mapper("oidc-hardcoded-claim-mapper")
                                            .add(
                                                    "config",
                                                    Json.createObjectBuilder()
                                                            .add("claim.name", "groups")
                                                            .add("claim.value", "[\"" + group + "\"]")
                                                            .add("jsonType.label", "JSON")
                                                            .add("access.token.claim", "true"))));
        }

        private static JsonObjectBuilder mapper(String kind) {
            return Json.createObjectBuilder()
                    .add("name", kind)
                    .add("protocol", "openid-connect")
                    .add("protocolMapper", kind);
        }

        @Override
        public String issuer() {
            return "http://localhost:" + port + "/realms/" + REALM;
        }

        @Override
        public String clientId() {
            return "octo-sts-console";
        }

        @Override
        public void up() {
            if (process != null) {
                return;
            }
            try {
                var builder = new ProcessBuilder(
                        "sh",
                        home.resolve("bin").resolve("kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--hostname=http://localhost:" + port);
                builder.environment()
                        .putAll(Map.of(
                                "JAVA_HOME",
                                System.getProperty("java.home"),
                                "KC_BOOTSTRAP_ADMIN_USERNAME",
                                "admin",
                                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                                PASSWORD));
                process = builder.redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(
                                home.resolve("trial.log").toFile()))
                        .start();
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
            Await.until("Keycloak serves its realm; its log is " + home.resolve("trial.log"), START, this::answers);
        }

        private boolean answers() {
            try {
                return client.send(get(issuer() + "/.well-known/openid-configuration"), BodyHandlers.ofString())
                                .statusCode()
                        == 200;
            } catch (IOException notYet) {
                if (process == null || !process.isAlive()) {
                    throw new AssertionError("Keycloak has ended; its log is " + home.resolve("trial.log"));
                }
                return false;
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(ended);
            }
        }

        private static HttpRequest get(String address) {
            return HttpRequest.newBuilder(URI.create(address)).build();
        }

        @Override
        public void down() {
            var running = process;
            process = null;
            if (running == null) {
                return;
            }
            running.descendants().forEach(ProcessHandle::destroy);
            running.destroy();
            try {
                if (!running.waitFor(60, TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            } catch (InterruptedException ended) {
                running.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void rotate() {
            var admin = administrator();
            var components = "http://localhost:" + port + "/admin/realms/" + REALM + "/components";
            var realm = object(administer(admin, "GET", "http://localhost:" + port + "/admin/realms/" + REALM, ""))
                    .getString("id");
            administer(
                    admin,
                    "POST",
                    components,
                    Json.createObjectBuilder()
                            .add("name", "key " + ++rotations)
                            .add("parentId", realm)
                            .add("providerId", "rsa-generated")
                            .add("providerType", "org.keycloak.keys.KeyProvider")
                            .add(
                                    "config",
                                    Json.createObjectBuilder()
                                            .add(
                                                    "priority",
                                                    Json.createArrayBuilder().add("" + (200 + rotations)))
                                            .add(
                                                    "algorithm",
                                                    Json.createArrayBuilder().add("RS256")))
                            .build()
                            .toString());
            try (var reader = Json.createReader(new StringReader(
                    administer(admin, "GET", components + "?type=org.keycloak.keys.KeyProvider", "")))) {
                for (JsonValue component : reader.readArray()) {
                    var key = component.asJsonObject();
                    if (key.getString("providerId").equals("rsa-generated")
                            && !key.getString("name").equals("key " + rotations)) {
                        administer(admin, "DELETE", components + "/" + key.getString("id"), "");
                    }
                }
            }
        }

        private String administrator() {
            return accessToken(
                    "master",
                    Map.of(
                            "grant_type", "password",
                            "client_id", "admin-cli",
                            "username", "admin",
                            "password", PASSWORD));
        }

        private String administer(String token, String method, String address, String body) {
            return sent(HttpRequest.newBuilder(URI.create(address))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build());
        }

        private String accessToken(String realm, Map<String, String> form) {
            return object(sent(HttpRequest.newBuilder(URI.create(
                                    "http://localhost:" + port + "/realms/" + realm + "/protocol/openid-connect/token"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(ForeignBrowser.written(form)))
                            .build()))
                    .getString("access_token");
        }

        private static JsonObject object(String json) {
            try (var reader = Json.createReader(new StringReader(json))) {
                return reader.readObject();
            }
        }

        private String sent(HttpRequest request) {
            try {
                HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                if (answer.statusCode() >= 300) {
                    throw new AssertionError(request + ": " + answer.statusCode() + " " + answer.body());
                }
                return answer.body();
            } catch (IOException failed) {
                throw new IllegalStateException(request.toString(), failed);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(ended);
            }
        }

        @Override
        public URI logIn(ForeignBrowser browser, URI begun, String person) {
            var page = browser.follow(browser.get(begun), this::isBack);
            if (page.headers().firstValue("location").isEmpty()) {
                page = browser.follow(
                        browser.submit(page, Map.of("username", person, "password", PASSWORD)), this::isBack);
            }
            var answer = page;
            return URI.create(answer.headers()
                    .firstValue("location")
                    .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body())));
        }

        private boolean isBack(URI address) {
            return address.getPort() == PORT;
        }

        @Override
        public String token(String program, String audience) {
            return accessToken(
                    REALM,
                    Map.of(
                            "grant_type",
                            "client_credentials",
                            "client_id",
                            audience.equals(AUDIENCE) ? program : program + "-of-another",
                            "client_secret",
                            SECRET));
        }

        @Override
        public void close() {
            down();
            client.close();
        }
    }
}
