package dev.octosts.sandbox.oidc;

import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.LoopbackServer;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Hosts issuers: many on one port, distinguished by their paths, or one alone on a port of its own. */
public final class SandboxIssuers implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Clock clock;
    private final Map<String, SandboxIssuer> byPath = new ConcurrentHashMap<>();
    private final List<AutoCloseable> others = new CopyOnWriteArrayList<>();
    private final AtomicInteger names = new AtomicInteger();
    private final LoopbackServer server;

    private SandboxIssuers(Clock clock, int port) {
        this.clock = clock;
        this.server = LoopbackServer.start(this::answer, port, null);
    }

    /**
     * A place without issuers.
     *
     * @param port 0 for a free one
     */
    public static SandboxIssuers start(Clock clock, int port) {
        return new SandboxIssuers(clock, port);
    }

    public int port() {
        return server.port();
    }

    /** Whether issuers on {@code [::1]} can be reached too. */
    public boolean ipv6() {
        return server.ipv6();
    }

    /** An issuer with an RS256 key and a path of its own. */
    public SandboxIssuer create() {
        return create(Algorithm.RS256);
    }

    public SandboxIssuer create(Algorithm algorithm) {
        return create(HOST, "/issuer-" + names.incrementAndGet(), algorithm);
    }

    /**
     * An issuer of a given address.
     *
     * @param host {@code 127.0.0.1}, {@code localhost} or {@code [::1]}
     * @param path begins with a slash; one at its end is part of the issuer's name
     */
    public SandboxIssuer create(String host, String path, Algorithm algorithm) {
        var issuer = new SandboxIssuer("http://" + host + ":" + port() + path, algorithm, clock);
        byPath.put(SandboxIssuer.withoutSlash(path), issuer);
        return issuer;
    }

    /** An issuer without a path, on a port of its own. */
    public SandboxIssuer createRoot(Algorithm algorithm) {
        var issuer = new AtomicReference<@Nullable SandboxIssuer>();
        var own = LoopbackServer.start(request -> answer(issuer.get(), request.path(), request), 0, null);
        others.add(own);
        var created = new SandboxIssuer("http://" + HOST + ":" + own.port(), algorithm, clock);
        issuer.set(created);
        return created;
    }

    /** A server on an address of the loopback network that no issuer may have. */
    public Canary canary() {
        var canary = Canary.start();
        others.add(canary);
        return canary;
    }

    private Answer answer(Request request) {
        var path = byPath.keySet().stream()
                .filter(candidate ->
                        request.path().equals(candidate) || request.path().startsWith(candidate + "/"))
                .max(Comparator.comparingInt(String::length));
        return answer(
                path.map(byPath::get).orElse(null),
                request.path().substring(path.map(String::length).orElse(0)),
                request);
    }

    private static Answer answer(@Nullable SandboxIssuer issuer, String below, Request request) {
        return issuer == null ? Reply.json(404, "{\"error\":\"no such issuer\"}") : issuer.answer(below, request);
    }

    @Override
    public void close() {
        server.close();
        for (var other : others) {
            try {
                other.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot close " + other, e);
            }
        }
    }
}
