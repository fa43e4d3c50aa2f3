package dev.octosts.app.usage;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.octosts.api.Sha256;
import dev.octosts.exchange.spi.StoreException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes GitHub's audit log as GitHub streams it to Splunk's HTTP event collector, in its paths and with its answers.
 * "Success" means that the events are committed; after any other answer GitHub sends them again, and what is there
 * already counts once. Its listener has {@link GzipAsSent#context}.
 *
 * @see <a
 *     href="https://docs.github.com/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/streaming-the-audit-log-for-your-enterprise#setting-up-streaming-to-splunk">GitHub:
 *     streaming to Splunk</a>
 */
public final class EventCollector implements HttpService {

    private static final Logger LOG = LoggerFactory.getLogger(EventCollector.class);

    private static final String SCHEME = "splunk ";
    /** The largest body, in bytes. */
    public static final int LARGEST = 2 * 1024 * 1024;

    private static final int LARGEST_UNPACKED = 8 * 1024 * 1024;
    private static final int BUFFER = 16 * 1024;

    /** Each may have a whole body in memory. */
    private static final int AT_A_TIME = 2;

    private static final Duration SWEPT_EVERY = Duration.ofMinutes(30);

    private final UsageStore store;
    private final Supplier<byte[]> secret;
    private final Semaphore places = new Semaphore(AT_A_TIME);
    private final AtomicLong swept = new AtomicLong(System.nanoTime());

    /**
     * A collector.
     *
     * @param store takes the events
     * @param secret the token that GitHub sends, as it is now
     */
    public EventCollector(UsageStore store, Supplier<byte[]> secret) {
        this.store = store;
        this.secret = secret;
    }

    @Override
    public void routing(HttpRules rules) {
        for (String path : List.of(
                "/services/collector",
                "/services/collector/event",
                "/services/collector/1.0",
                "/services/collector/event/1.0")) {
            rules.post(path, this::take);
        }
        for (String path : List.of("/services/collector/health", "/services/collector/health/1.0")) {
            rules.get(path, this::health);
        }
    }

    /**
     * An answer in the collector's form.
     *
     * @see <a href="https://docs.splunk.com/Documentation/Splunk/latest/Data/TroubleshootHTTPEventCollector">Splunk:
     *     possible error codes</a>
     */
    private enum Reply {
        SUCCESS(200, 0, "Success"),
        TOKEN_REQUIRED(401, 2, "Token is required"),
        INVALID_AUTHORIZATION(401, 3, "Invalid authorization"),
        INVALID_TOKEN(403, 4, "Invalid token"),
        NO_DATA(400, 5, "No data"),
        INVALID_FORMAT(400, 6, "Invalid data format"),
        BUSY(503, 9, "Server is busy"),
        EVENT_REQUIRED(400, 12, "Event field is required"),
        EVENT_BLANK(400, 13, "Event field cannot be blank"),
        HEALTHY(200, 17, "HEC is healthy"),
        UNHEALTHY(503, 18, "HEC is unhealthy, queues are full"),
        TOO_LARGE(413, 27, "Request entity too large");

        private final int status;
        private final int code;
        private final String text;

        Reply(int status, int code, String text) {
            this.status = status;
            this.code = code;
            this.text = text;
        }

        private void to(ServerResponse response) {
            response.status(status)
                    .header(HeaderValues.CONTENT_TYPE_JSON)
                    .send("{\"text\":\"" + text + "\",\"code\":" + code + "}");
        }
    }

    /** The body is not as it has to be. */
    private static final class RefusedBody extends Exception {

        private static final long serialVersionUID = 1L;

        private final Reply reply;

        RefusedBody(Reply reply) {
            super(reply.text, null, false, false);
            this.reply = reply;
        }
    }

    private void take(ServerRequest request, ServerResponse response) {
        Optional<Reply> refusal = refused(request);
        if (refusal.isPresent()) {
            refusal.get().to(response);
            return;
        }
        if (!places.tryAcquire()) {
            Reply.BUSY.to(response);
            return;
        }
        try {
            taken(request).to(response);
        } finally {
            places.release();
        }
    }

    private Reply taken(ServerRequest request) {
        try {
            List<UsageEvent> events = events(body(request));
            var taking = new UsageImport(store);
            for (UsageEvent event : events) {
                taking.event(event);
            }
            taking.finish();
            sweep();
            return Reply.SUCCESS;
        } catch (RefusedBody refused) {
            return refused.reply;
        } catch (StoreException failed) {
            LOG.warn("events of GitHub's audit log cannot be stored: {}; GitHub sends them again", failed.getMessage());
            return Reply.BUSY;
        } catch (IOException | UncheckedIOException broken) {
            return Reply.INVALID_FORMAT;
        }
    }

    private Optional<Reply> refused(ServerRequest request) {
        Optional<String> given = request.headers().first(HeaderNames.AUTHORIZATION);
        if (given.isEmpty()) {
            return Optional.of(Reply.TOKEN_REQUIRED);
        }
        if (!given.get().toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Optional.of(Reply.INVALID_AUTHORIZATION);
        }
        byte[] token = given.get().substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        byte[] expected = secret.get();
        // Equal in time; nothing is equal to no secret.
        return expected.length > 0 && MessageDigest.isEqual(Sha256.of(token), Sha256.of(expected))
                ? Optional.empty()
                : Optional.of(Reply.INVALID_TOKEN);
    }

    private static byte[] body(ServerRequest request) throws IOException, RefusedBody {
        if (request.headers().contentLength().orElse(0) > LARGEST) {
            throw new RefusedBody(Reply.TOO_LARGE);
        }
        String encoding = request.headers().first(HeaderNames.CONTENT_ENCODING).orElse("identity");
        byte[] sent = bounded(request.content().inputStream(), LARGEST);
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "identity" -> sent;
            case "gzip", "x-gzip" -> {
                try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(sent), BUFFER)) {
                    yield bounded(unpacked, LARGEST_UNPACKED);
                }
            }
            default -> throw new RefusedBody(Reply.INVALID_FORMAT);
        };
    }

    private static byte[] bounded(InputStream input, int limit) throws IOException, RefusedBody {
        var bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER];
        for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
            if (bytes.size() + read > limit) {
                throw new RefusedBody(Reply.TOO_LARGE);
            }
            bytes.write(buffer, 0, read);
        }
        return bytes.toByteArray();
    }

    /** Objects that follow each other, each with an event in it. */
    private static List<UsageEvent> events(byte[] body) throws IOException, RefusedBody {
        var events = new ArrayList<UsageEvent>();
        try (JsonParser parser = UsageEventReader.JSON.createParser(body)) {
            JsonToken next = parser.nextToken();
            if (next == null) {
                throw new RefusedBody(Reply.NO_DATA);
            }
            while (next != null) {
                if (next != JsonToken.START_OBJECT) {
                    throw new RefusedBody(Reply.INVALID_FORMAT);
                }
                envelope(parser, events);
                next = parser.nextToken();
            }
        } catch (JsonProcessingException broken) {
            throw new RefusedBody(Reply.INVALID_FORMAT);
        }
        return events;
    }

    /** What is no event of the audit log is passed over: GitHub would send it for ever. */
    private static void envelope(JsonParser parser, List<UsageEvent> events) throws IOException, RefusedBody {
        boolean found = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean event = parser.currentName().equals("event");
            JsonToken value = parser.nextToken();
            if (!event) {
                parser.skipChildren();
                continue;
            }
            found = true;
            if (value == JsonToken.START_OBJECT) {
                UsageEventReader.next(parser).ifPresent(events::add);
            } else if (value == JsonToken.VALUE_STRING) {
                byte[] text = parser.getText().getBytes(StandardCharsets.UTF_8);
                if (text.length == 0) {
                    throw new RefusedBody(Reply.EVENT_BLANK);
                }
                UsageEventReader.read(text, text.length).ifPresent(events::add);
            } else {
                parser.skipChildren();
            }
        }
        if (!found) {
            throw new RefusedBody(Reply.EVENT_REQUIRED);
        }
    }

    /** From time to time, by the request that comes then. */
    private void sweep() {
        long now = System.nanoTime();
        long last = swept.get();
        if (now - last > SWEPT_EVERY.toNanos() && swept.compareAndSet(last, now)) {
            try {
                store.sweep();
            } catch (StoreException later) {
                LOG.debug("old events are forgotten later: {}", later.getMessage());
            }
        }
    }

    private void health(ServerRequest request, ServerResponse response) {
        try {
            var _ = store.windows();
            Reply.HEALTHY.to(response);
        } catch (StoreException down) {
            Reply.UNHEALTHY.to(response);
        }
    }
}
