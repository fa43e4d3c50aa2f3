package dev.octosts.sandbox.github;

import dev.octosts.sandbox.client.HttpConnection;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * GitHub's stream of the audit log, in the form of Splunk's event collector: each call that was made with a token is an
 * event {@code api.request}.
 *
 * @see <a
 *     href="https://docs.github.com/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/streaming-the-audit-log-for-your-enterprise#setting-up-streaming-to-splunk">GitHub:
 *     streaming to Splunk</a>
 */
public final class AuditStream implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final SandboxGitHub github;
    private final URI collector;
    private final String secret;
    private final CountDownLatch ended = new CountDownLatch(1);
    private long sent;

    /**
     * A stream.
     *
     * @param collector the address of the collector, without a path
     * @param secret what the collector expects of GitHub
     */
    public AuditStream(SandboxGitHub github, URI collector, String secret) {
        this.github = github;
        this.collector = collector;
        this.secret = secret;
    }

    /** Sends what happened, every two seconds from now on. */
    public AuditStream start() {
        Thread.ofVirtual().name("audit-stream").start(() -> {
            try {
                while (!ended.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    send();
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        return this;
    }

    /**
     * Sends what happened since the last time.
     *
     * @return whether the collector has all of it
     */
    public synchronized boolean send() {
        List<Call> calls = github.calls().all().stream()
                .filter(call -> call.number() > sent
                        && call.status() != 0
                        && call.token().isPresent())
                .toList();
        if (calls.isEmpty()) {
            return true;
        }
        var body = new StringBuilder();
        calls.forEach(call -> body.append("{\"event\":").append(event(call)).append("}\n"));
        try (var connection = HttpConnection.open(collector, null)) {
            if (connection.send(request(body.toString())).status() == 200) {
                sent = calls.getLast().number();
                return true;
            }
            return false;
        } catch (IOException later) {
            // As GitHub does: it is sent again.
            return false;
        }
    }

    private static String event(Call call) {
        String owner = call.owner().orElse("");
        var event = Json.object()
                .add("@timestamp", call.at().toEpochMilli())
                .add("_document_id", "sandbox-" + call.at().toEpochMilli() + "-" + call.number())
                .add("action", "api.request")
                .add("actor_location", Json.object().add("country_code", "US"))
                .add("hashed_token", AccountLog.hash(call.token().orElseThrow().value()))
                .add("org", owner)
                .add("request_method", call.method())
                .add("status_code", call.status())
                .add("url_path", call.path());
        call.repository().ifPresent(name -> event.add("repo", owner + "/" + name));
        return event.build().toString();
    }

    private byte[] request(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return ("POST /services/collector HTTP/1.1\r\nHost: " + collector.getRawAuthority()
                        + "\r\nAuthorization: Splunk "
                        + secret + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
