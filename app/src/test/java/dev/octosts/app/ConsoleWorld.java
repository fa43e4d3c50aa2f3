package dev.octosts.app;

import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.AuditStream;
import dev.octosts.sandbox.oidc.Algorithm;
import dev.octosts.sandbox.oidc.SandboxLogin;
import dev.octosts.sandbox.oidc.TokenBuilder;
import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The packaged program with a console, an operator who is logged in by the provider at once, and some exchanges. */
final class ConsoleWorld implements AutoCloseable {

    static final String SUBJECT = "repo:octo-org/octo-repo:ref:refs/heads/main";
    static final String FORK = "repo:somebody/octo-repo:ref:refs/heads/main";

    /** Closes a text, an attribute and an element; whatever gets through shows as an element or a dialog. */
    static final String ATTACK = "\"'></td></title><img src=x onerror=alert(1)><script>alert(2)</script>";

    private static final String DOMAIN = "sts.octo-org.example";
    private static final String STREAM_TOKEN = "stream-token";

    final Sandbox sandbox = Sandbox.start();
    private final HttpClient gitHub = HttpClient.newBuilder()
            .sslContext(sandbox.authority().clientContext())
            .build();
    private final DemoWorld world = DemoWorld.in(sandbox);
    private final URI console;
    private final PackagedProgram program;

    ConsoleWorld(Path folder) throws IOException, InterruptedException {
        var people = sandbox.issuers().create("localhost", "/people", Algorithm.RS256);
        var operator = new SandboxLogin.Person("olga-operator", List.of("platform"));
        people.login(new SandboxLogin("console", Optional.empty(), List.of(operator)).as(operator));
        int port = PackagedProgram.freePort();
        this.console = URI.create("http://localhost:" + port);
        var variables = PackagedProgram.variables(sandbox, world, DOMAIN, folder);
        variables.put("OCTOSTS_DB_URL", "jdbc:h2:file:" + folder.resolve("octo-sts"));
        variables.put("OCTOSTS_AUDIT", "durable");
        variables.put("OCTOSTS_REVOCABLE_TOKENS", "true");
        variables.put(
                "OCTOSTS_REVOCABLE_TOKENS_KEY",
                Files.writeString(folder.resolve("key"), "0123456789abcdef".repeat(4))
                        .toString());
        variables.put("OCTOSTS_ADMIN_PORT", Integer.toString(port));
        variables.put("OCTOSTS_ADMIN_URL", console.toString());
        variables.put("OCTOSTS_ADMIN_ISSUER", people.url());
        variables.put("OCTOSTS_ADMIN_CLIENT_ID", "console");
        variables.put("OCTOSTS_ADMIN_OPERATORS", "platform");
        variables.put(
                "OCTOSTS_ADMIN_STREAM_TOKEN_FILE",
                Files.writeString(folder.resolve("stream"), STREAM_TOKEN).toString());
        this.program = PackagedProgram.start(folder, variables).ready();
    }

    URI console() {
        return console;
    }

    /** Exchanges as on any day, and the use of a token. */
    void usual() throws IOException, InterruptedException {
        String token = token(SUBJECT);
        exchange(DemoWorld.CI, workload(FORK), "curl/8");
        exchange(DemoWorld.RELEASE, workload(SUBJECT), "curl/8");
        read(token, "/repos/octo-org/octo-repo/contents/README.md");
        read(token, "/repos/octo-org/octo-secrets/contents/README.md");
        stream();
    }

    /** What strangers can write, with markup in it. */
    void hostile() throws IOException, InterruptedException {
        exchange(DemoWorld.CI, workload(SUBJECT + ATTACK).claim("job_workflow_ref", ATTACK), ATTACK);
        exchange(DemoWorld.CI, workload(SUBJECT).claim("job_workflow_ref", ATTACK), ATTACK);
        exchange("ci" + ATTACK, workload(SUBJECT), ATTACK);
        String token = token(SUBJECT);
        read(token, "/repos/octo-org/octo-repo/contents/" + encoded(ATTACK) + "?ref=" + encoded(ATTACK));
        read(token, "/repos/octo-org/" + encoded(ATTACK) + "/issues");
        stream();
    }

    private void stream() {
        var events = new AuditStream(sandbox.github(), console, STREAM_TOKEN);
        Await.until("the stream", Duration.ofSeconds(30), events::send);
        events.close();
    }

    /** A token that a workflow gets. */
    String token(String subject) throws IOException, InterruptedException {
        var answer = exchange(DemoWorld.CI, workload(subject), "curl/8");
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject().getString("token");
        }
    }

    /** The status of an exchange of a workflow. */
    int status(String subject) {
        try {
            return exchange(DemoWorld.CI, workload(subject), "curl/8").statusCode();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ended);
        }
    }

    /** Asks for a token of an identity. */
    void asked(String identity) throws IOException, InterruptedException {
        exchange(identity, workload(SUBJECT), "curl/8");
    }

    private TokenBuilder workload(String subject) {
        return world.workflowToken(DOMAIN).subject(subject);
    }

    private HttpResponse<String> exchange(String identity, TokenBuilder workload, String userAgent)
            throws IOException, InterruptedException {
        return program.get(
                "/sts/exchange?scope=octo-org/octo-repo&identity=" + encoded(identity),
                "Authorization",
                "Bearer " + workload.sign(),
                "User-Agent",
                userAgent,
                "X-Request-Id",
                "request-1");
    }

    /** The status with which GitHub answers a token. */
    int read(String token, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(sandbox.github().baseUri() + path))
                .header("Authorization", "Bearer " + token)
                .build();
        return gitHub.send(request, BodyHandlers.discarding()).statusCode();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        program.close();
        gitHub.close();
        sandbox.close();
    }
}
