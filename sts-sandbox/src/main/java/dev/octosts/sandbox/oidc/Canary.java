package dev.octosts.sandbox.oidc;

import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.LoopbackServer;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server at 127.0.0.2 that must never be called. It plays an address inside the service's network that an attacker
 * wants the service to call.
 */
public final class Canary implements AutoCloseable {
    private static final String ADDRESS = "127.0.0.2";

    private final List<String> hits = new CopyOnWriteArrayList<>();
    private final LoopbackServer server;

    private Canary() {
        server = LoopbackServer.startOn(ADDRESS, this::hit);
    }

    static Canary start() {
        return new Canary();
    }

    public String url() {
        return "http://" + ADDRESS + ":" + server.port();
    }

    /** Method and path of each call. */
    public List<String> hits() {
        return List.copyOf(hits);
    }

    private Answer hit(Request request) {
        hits.add(request.toString());
        return Reply.json(200, "{}");
    }

    @Override
    public void close() {
        server.close();
    }
}
