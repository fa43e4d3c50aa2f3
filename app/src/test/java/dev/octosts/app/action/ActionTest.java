package dev.octosts.app.action;

import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.LoopbackServer;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The action against a server that is GitHub Actions' token service, an Octo-STS service and GitHub's API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ActionTest {

    static final String ID_TOKEN = "e30.e30.c2ln";
    static final String TOKEN = "ghs_gained";
    static final Reply GRANTED = Reply.json(
                    200, "{\"token\":\"" + TOKEN + "\",\"refreshToken\":\"\",\"expiry\":\"2026-01-01T01:00:00Z\"}")
            .with(Map.of("X-Request-Id", "request-1", "Octo-STS-Permissions", "contents=read,issues=write"));

    private final List<Request> requests = new ArrayList<>();
    private final Deque<Answer> exchanges = new ArrayDeque<>();
    private final LoopbackServer server = LoopbackServer.start(this::answer, 0, null);

    @TempDir
    Path folder = Path.of("");

    Answer actions = Reply.json(200, "{\"value\":\"" + ID_TOKEN + "\"}");
    Answer explanation = Reply.empty(404);
    Answer revocation = Reply.empty(204);

    @BeforeAll
    void node() {
        ActionStep.assumeNode();
    }

    @BeforeEach
    synchronized void forget() {
        requests.clear();
        exchanges.clear();
        actions = Reply.json(200, "{\"value\":\"" + ID_TOKEN + "\"}");
        explanation = Reply.empty(404);
        revocation = Reply.empty(204);
    }

    @AfterAll
    void close() {
        server.close();
    }

    private synchronized Answer answer(Request request) {
        requests.add(request);
        return switch (request.path()) {
            case "/id-token" -> actions;
            case "/sts/exchange", "/below/sts/exchange" -> exchanges.size() > 1 ? exchanges.poll() : exchanges.peek();
            case "/sts/explain" -> explanation;
            case "/installation/token" -> revocation;
            default -> Reply.empty(404);
        };
    }

    synchronized void exchangeAnswers(Answer... answers) {
        exchanges.addAll(List.of(answers));
    }

    synchronized List<Request> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    ActionStep step() {
        return new ActionStep(folder)
                .variable("ACTIONS_ID_TOKEN_REQUEST_URL", url() + "/id-token?api-version=2")
                .variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "of-the-runner")
                .input("url", url())
                .input("scope", "octo-org/octo-repo")
                .input("identity", "ci");
    }

    static Reply refusal(int status, int code, String message) {
        return Reply.json(status, "{\"code\":" + code + ",\"message\":\"" + message + "\",\"details\":[]}");
    }
}
