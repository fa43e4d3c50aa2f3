package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.oidc.Algorithm;
import dev.octosts.sandbox.oidc.SandboxIssuer;
import jakarta.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operators' listener of the program as it is packaged, with its records in a file. */
class PackagedOperatorsIT {

    private static final String DOMAIN = "sts.octo-org.example";

    @Test
    void shows_and_stops_callers_on_a_port_of_its_own(@TempDir Path folder) throws Exception {
        try (var sandbox = Sandbox.start();
                var client = HttpClient.newHttpClient()) {
            var world = DemoWorld.in(sandbox);
            var people = sandbox.issuers().create("localhost", "/people", Algorithm.RS256);
            int port = PackagedProgram.freePort();
            var variables = PackagedProgram.variables(sandbox, world, DOMAIN, folder);
            variables.put("OCTOSTS_DB_URL", "jdbc:h2:file:" + folder.resolve("octo-sts"));
            variables.put("OCTOSTS_ADMIN_PORT", Integer.toString(port));
            variables.put("OCTOSTS_ADMIN_ISSUER", people.url());
            variables.put("OCTOSTS_ADMIN_AUDIENCE", "octo-sts-admin");
            variables.put("OCTOSTS_ADMIN_OPERATORS", "platform");
            try (var program = PackagedProgram.start(folder, variables).ready()) {
                var admin = new Admin(client, port, people);
                assertThat(admin.send("GET", "/api/state", "", "").statusCode()).isEqualTo(401);
                assertThat(admin.ask("GET", "/api/state", "").body())
                        .contains("\"domain\":\"" + DOMAIN + "\"")
                        .contains("\"id\":" + world.app().id())
                        .contains("\"mode\":\"async\"");
                assertThat(program.get("/api/state").statusCode())
                        .as("the exchange's port knows nothing of it")
                        .isEqualTo(404);

                assertThat(exchange(program, world)).isEqualTo(200);
                Await.until(
                        "the record",
                        Duration.ofSeconds(30),
                        () -> admin.ask("GET", "/api/records?outcome=granted", "")
                                .body()
                                .contains(DemoWorld.CI));
                assertThat(admin.ask("GET", "/api/policies", "").body()).contains("/.github/chainguard/ci.sts.yaml");
                assertThat(admin.ask("GET", "/api/now", "").body())
                        .contains("\"granted\":1")
                        .contains("\"owner\":\"" + DemoWorld.OWNER);

                assertThat(admin.ask(
                                        "POST",
                                        "/api/deny",
                                        "{\"owner\":\"" + DemoWorld.OWNER + "\",\"reason\":\"a trial\"}")
                                .statusCode())
                        .isEqualTo(201);
                Await.until("the stop", Duration.ofSeconds(30), () -> exchange(program, world) == 403);
                assertThat(admin.ask("POST", "/api/refresh", "").statusCode()).isEqualTo(200);
                Await.until(
                        "the records of the operator",
                        Duration.ofSeconds(30),
                        () -> admin.ask("GET", "/api/records?kind=operator", "")
                                .body()
                                .matches("(?s).*refresh.*deny-add.*"));
            }
        }
    }

    private static int exchange(PackagedProgram program, DemoWorld world) {
        try {
            return program.get(
                            "/sts/exchange?scope=" + DemoWorld.OWNER + "/" + DemoWorld.REPOSITORY + "&identity="
                                    + DemoWorld.CI,
                            "Authorization",
                            "Bearer " + world.workflowToken(DOMAIN).sign())
                    .statusCode();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ended);
        }
    }

    /** A program of an operator. */
    private record Admin(HttpClient client, int port, SandboxIssuer people) {

        HttpResponse<String> ask(String method, String path, String body) {
            return send(
                    method,
                    path,
                    body,
                    people.token()
                            .subject("program")
                            .audience("octo-sts-admin")
                            .claim(
                                    "groups",
                                    Json.createArrayBuilder().add("platform").build())
                            .sign());
        }

        HttpResponse<String> send(String method, String path, String body, String token) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .method(
                            method,
                            body.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body));
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            try {
                return client.send(request.build(), BodyHandlers.ofString());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(ended);
            }
        }
    }
}
