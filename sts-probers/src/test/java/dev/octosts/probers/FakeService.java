package dev.octosts.probers;

import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.LoopbackServer;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A server that answers what a test gives it, one answer after the other, and the last one from then on. */
final class FakeService implements AutoCloseable {

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();
    private final LoopbackServer server;

    FakeService(Answer... answers) {
        this.answers.addAll(List.of(answers));
        this.server = LoopbackServer.start(this::answer, 0, null);
    }

    static Reply token(String value) {
        return Reply.json(
                200, "{\"token\":\"" + value + "\",\"refreshToken\":\"\",\"expiry\":\"2026-01-01T01:00:00Z\"}");
    }

    static Reply problem(int status, int code, String message) {
        return Reply.json(status, "{\"code\":" + code + ",\"message\":\"" + message + "\",\"details\":[]}");
    }

    private synchronized Answer answer(Request request) {
        requests.add(request);
        return answers.size() > 1 ? answers.remove() : answers.element();
    }

    ServiceAddress address() {
        return ServiceAddress.of(url());
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    static Network network(TimeSource timing) {
        return new Network(new Network.NetworkSettings("octo-sts-test/1", Optional.empty(), Optional.empty()), timing);
    }

    @Override
    public void close() {
        server.close();
    }
}
