package dev.octosts.operators;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * With npm's oidc-provider, which is certified by the OpenID Foundation. Where there is no Node, or npm cannot install
 * it, the tests leave themselves out and say so, unless {@code OCTOSTS_TESTS_REQUIRE} names {@code oidc-provider}.
 */
class OidcProviderTest extends ForeignProviderContract {

    private static final String NAME = "oidc-provider";
    private static final Path SOURCE = Path.of("src", "test", "node");
    private static final Path FOLDER = Path.of("target", "oidc-provider");
    private static final long INSTALL_SECONDS = 120;
    private static final int PORT = OperatorsFixture.freePort();

    private static @Nullable Running running;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        boolean installed = installed();
        var missing =
                "LEFT OUT: the operators' login is not tested with oidc-provider; install Node and npm, and let npm"
                        + " reach its registry";
        if (!installed) {
            if (List.of(System.getenv()
                            .getOrDefault("OCTOSTS_TESTS_REQUIRE", "")
                            .split("[ ,]+"))
                    .contains(NAME)) {
                throw new AssertionError(missing + "; OCTOSTS_TESTS_REQUIRE names " + NAME);
            }
            System.err.println(missing);
        }
        assumeTrue(installed, missing);
        running = Running.start();
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.close();
        }
    }

    /** What the lock file names, and no script of any of it. */
    private static boolean installed() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        var lock = FOLDER.resolve("package-lock.json");
        boolean same = Files.exists(lock) && Files.mismatch(lock, SOURCE.resolve("package-lock.json")) < 0;
        for (String file : List.of("package.json", "package-lock.json", "provider.mjs")) {
            Files.copy(SOURCE.resolve(file), FOLDER.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (same && Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))) {
            return runs("node", "--version");
        }
        return runs("node", "--version")
                && runs(
                        "npm",
                        "ci",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--prefer-offline",
                        "--fetch-retries=0",
                        "--fetch-timeout=20000");
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command)
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(FOLDER.resolve("install.log").toFile())
                    .start();
            if (!process.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    @Override
    ForeignProvider provider() {
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }

    @Override
    int port() {
        return PORT;
    }

    /** The process of the provider. */
    private record Running(Process process, int port, int control, HttpClient client) implements ForeignProvider {

        static Running start() throws IOException {
            int port = OperatorsFixture.freePort();
            int control = OperatorsFixture.freePort();
            var process = new ProcessBuilder(
                            "node",
                            "provider.mjs",
                            Integer.toString(port),
                            Integer.toString(control),
                            "octo-sts-console",
                            "http://localhost:" + PORT + "/login/callback",
                            AUDIENCE)
                    .directory(FOLDER.toFile())
                    .redirectError(FOLDER.resolve("provider.log").toFile())
                    .start();
            var ready = process.inputReader().readLine();
            if (ready == null) {
                throw new AssertionError(Files.readString(FOLDER.resolve("provider.log")));
            }
            var running = new Running(process, port, control, HttpClient.newHttpClient());
            running.command("up");
            return running;
        }

        private void command(String command) {
            send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + control + "/" + command))
                    .build());
        }

        private String send(HttpRequest request) {
            try {
                var answer = client.send(request, BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new AssertionError(answer.statusCode() + " " + answer.body());
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
        public String issuer() {
            return "http://localhost:" + port;
        }

        @Override
        public String clientId() {
            return "octo-sts-console";
        }

        @Override
        public void down() {
            command("down");
        }

        @Override
        public void up() {
            command("up");
        }

        @Override
        public void rotate() {
            command("rotate");
        }

        @Override
        public URI logIn(ForeignBrowser browser, URI begun, String person) {
            var page = browser.follow(browser.get(begun), this::isBack);
            while (page.headers().firstValue("location").isEmpty()) {
                // First who it is, then whether the console may know it; not again where the provider knows both.
                var fields = page.body().contains("name=\"password\"")
                        ? Map.of("login", person, "password", "any")
                        : Map.<String, String>of();
                page = browser.follow(browser.submit(page, fields), this::isBack);
            }
            return URI.create(page.headers().firstValue("location").orElseThrow());
        }

        private boolean isBack(URI address) {
            return address.getPort() == PORT;
        }

        @Override
        public String token(String program, String audience) {
            var form = ForeignBrowser.written(Map.of("grant_type", "client_credentials", "resource", audience));
            var secret = SECRET.replace(" ", "%20");
            var answer = send(HttpRequest.newBuilder(URI.create(issuer() + "/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header(
                            "Authorization",
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString((program + ":" + secret).getBytes(StandardCharsets.UTF_8)))
                    .POST(HttpRequest.BodyPublishers.ofString(form))
                    .build());
            try (var reader = Json.createReader(new StringReader(answer))) {
                return reader.readObject().getString("access_token");
            }
        }

        @Override
        public void close() {
            process.destroy();
            client.close();
        }
    }
}
