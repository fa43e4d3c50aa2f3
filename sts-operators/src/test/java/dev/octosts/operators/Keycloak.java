package dev.octosts.operators;

import dev.octosts.sandbox.Await;
import jakarta.json.Json;
import jakarta.json.JsonObject;
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
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keycloak for developers, with a realm of its own. */
final class Keycloak implements ForeignProvider {

    private static final Duration START = Duration.ofMinutes(5);

    private final Path home;
    private final int back;
    private final int port = OperatorsFixture.freePort();
    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable Process process;
    private int rotations;

    /**
     * Starts it.
     *
     * @param home where it is unpacked
     * @param back the port that it sends browsers back to
     */
    Keycloak(Path home, int back) throws IOException {
        this.home = home;
        this.back = back;
        var imported = Files.createDirectories(home.resolve("data").resolve("import"));
        Files.writeString(
                imported.resolve(KeycloakRealm.NAME + "-realm.json"),
                KeycloakRealm.with(back).toString());
        up();
    }

    @Override
    public String issuer() {
        return "http://localhost:" + port + "/realms/" + KeycloakRealm.NAME;
    }

    @Override
    public String clientId() {
        return KeycloakRealm.CONSOLE;
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
                            KeycloakRealm.PASSWORD));
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
        var components = "http://localhost:" + port + "/admin/realms/" + KeycloakRealm.NAME + "/components";
        var realm = object(administer(
                        admin, "GET", "http://localhost:" + port + "/admin/realms/" + KeycloakRealm.NAME, ""))
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
        try (var reader = Json.createReader(
                new StringReader(administer(admin, "GET", components + "?type=org.keycloak.keys.KeyProvider", "")))) {
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
                        "password", KeycloakRealm.PASSWORD));
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
                    browser.submit(page, Map.of("username", person, "password", KeycloakRealm.PASSWORD)), this::isBack);
        }
        var answer = page;
        return URI.create(answer.headers()
                .firstValue("location")
                .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.body())));
    }

    private boolean isBack(URI address) {
        return address.getPort() == back;
    }

    @Override
    public String token(String program, String audience) {
        return accessToken(
                KeycloakRealm.NAME,
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        audience.equals(ForeignProviderContract.AUDIENCE) ? program : program + "-of-another",
                        "client_secret",
                        ForeignProviderContract.SECRET));
    }

    @Override
    public void close() {
        down();
        client.close();
    }
}
