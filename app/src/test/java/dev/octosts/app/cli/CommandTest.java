package dev.octosts.app.cli;

import dev.octosts.app.cli.usage.CommandLines;
import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.LoopbackServer;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Calls commands as a shell would; each test class has a server that is both the token service and GitHub. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CommandTest {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final String TOKEN = "e30.e30.c2ln";
    static final String GAINED = "ghs_gained";

    private static final Answer GRANTED =
            Reply.json(200, "{\"token\":\"" + GAINED + "\",\"refreshToken\":\"\",\"expiry\":\"2026-01-01T01:00:00Z\"}");
    private static final Answer REVOKED = Reply.empty(204);

    private final List<Request> requests = new ArrayList<>();
    private final LoopbackServer server = LoopbackServer.start(this::answer, 0, null);
    private volatile Answer exchange = GRANTED;
    private volatile Answer revocation = REVOKED;

    /** What a command printed and how it ended. */
    record Result(int status, String out, String err) {}

    private synchronized Answer answer(Request request) {
        requests.add(request);
        return switch (request.path()) {
            case "/sts/exchange" -> exchange;
            case "/installation/token" -> revocation;
            case "/actions" -> Reply.json(200, "{\"value\":\"" + TOKEN + "\"}");
            default -> Reply.empty(404);
        };
    }

    @BeforeEach
    synchronized void forget() {
        requests.clear();
        exchange = GRANTED;
        revocation = REVOKED;
    }

    @AfterAll
    void close() {
        server.close();
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    void exchangeAnswers(Answer answer) {
        exchange = answer;
    }

    void exchangeRefuses(int status, int code, String message) {
        exchange = Reply.json(status, "{\"code\":" + code + ",\"message\":\"" + message + "\",\"details\":[]}");
    }

    void revocationAnswers(Answer answer) {
        revocation = answer;
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The requests in short: {@code GET /sts/exchange}. */
    List<String> calls() {
        return requests().stream().map(Request::toString).toList();
    }

    static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    static Result call(
            Function<CommandEnvironment, ?> command,
            Map<String, String> environment,
            String input,
            String... arguments) {
        var surroundings = new CommandEnvironment(
                environment,
                input(input),
                Clock.fixed(NOW, ZoneOffset.UTC),
                Path.of("").toAbsolutePath());
        var out = new StringWriter();
        var err = new StringWriter();
        int status = CommandLines.of(command.apply(surroundings))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Result(status, out.toString(), err.toString());
    }
}
