package dev.octosts.app.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.octosts.api.Egress;
import dev.octosts.github.key.ServiceHttp;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who this service is to a sink on Google Cloud: with an identity token of the service account that it runs as, which
 * the metadata server gives on Cloud Run, on Compute Engine and on GKE. A token is used until shortly before its end.
 *
 * @see <a href="https://cloud.google.com/run/docs/authenticating/service-to-service">Cloud Run: service to service</a>
 * @see <a
 *     href="https://cloud.google.com/compute/docs/instances/verifying-instance-identity#request_signature">Compute Engine:
 *     the identity token of an instance</a>
 */
final class GoogleIdentity implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GoogleIdentity.class);

    private static final String PATH = "/computeMetadata/v1/instance/service-accounts/default/identity?audience=";

    /** The metadata server itself gives another one five minutes before the end. */
    private static final Duration RESERVE = Duration.ofMinutes(3);

    private static final Duration LINES_EVERY = Duration.ofMinutes(1);
    private static final int LONGEST = 8_192;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]+\\.([A-Za-z0-9_-]+)\\.[A-Za-z0-9_-]+");

    private final URI question;
    private final String metadata;
    private final ServiceHttp http;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();
    private final ReentrantLock asking = new ReentrantLock();
    private @Nullable Token known;
    private Instant silentUntil = Instant.MIN;
    private boolean failing;

    /** A token, and when another one is asked for. */
    private record Token(String text, Instant due) {

        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    /**
     * The identity for a sink.
     *
     * @param metadata the metadata server, which no proxy reaches
     * @param sink the audience is its address, without what may be a key in it
     */
    GoogleIdentity(URI metadata, URI sink, Egress egress, Clock clock) {
        this.metadata = String.valueOf(metadata.getAuthority());
        this.question = URI.create(metadata + PATH + URLEncoder.encode(audience(sink), StandardCharsets.UTF_8));
        this.http = new ServiceHttp(new Egress(egress.tls(), Optional.empty()));
        this.clock = clock;
    }

    private static String audience(URI sink) {
        return sink.getScheme() + "://" + sink.getRawAuthority()
                + Optional.ofNullable(sink.getRawPath()).orElse("");
    }

    /** A token that is valid now; empty when there is none, which the log says. */
    Optional<String> token() {
        asking.lock();
        try {
            var now = clock.instant();
            var token = known;
            if (token == null || !now.isBefore(token.due())) {
                token = asked();
                known = token;
            }
            if (failing) {
                failing = false;
                LOG.info("{} gives identity tokens again; the events that waited are sent", metadata);
            }
            return Optional.of(token.text());
        } catch (NoTokenException none) {
            failing = true;
            tell(none);
            return Optional.empty();
        } finally {
            asking.unlock();
        }
    }

    /** Asks for another token the next time: the sink does not take this one. */
    void forget() {
        asking.lock();
        try {
            known = null;
        } finally {
            asking.unlock();
        }
    }

    private void tell(NoTokenException none) {
        var now = clock.instant();
        if (now.isBefore(silentUntil)) {
            return;
        }
        silentUntil = now.plus(LINES_EVERY);
        LOG.warn(
                "events wait, because the metadata server {} gives no identity token: {}. Run the service as a service"
                        + " account, or set OCTOSTS_EVENT_IDENTITY=none where the sink needs no token",
                metadata,
                none.getMessage());
    }

    private Token asked() throws NoTokenException {
        ServiceHttp.Answer answer;
        try {
            answer = http.exchange(new ServiceHttp.Request(
                    "GET", question, Map.of("Metadata-Flavor", List.of("Google")), new byte[0]));
        } catch (IOException failed) {
            throw new NoTokenException("no answer (" + failed.getClass().getSimpleName() + ")");
        }
        if (answer.status() != 200) {
            throw new NoTokenException("status " + answer.status());
        }
        var text = new String(answer.body(), StandardCharsets.UTF_8).strip();
        var parts = TOKEN.matcher(text);
        if (text.length() > LONGEST || !parts.matches()) {
            throw new NoTokenException("an answer that is no token");
        }
        var due = end(parts.group(1)).minus(RESERVE);
        if (!due.isAfter(clock.instant())) {
            throw new NoTokenException("a token that has expired, or a clock that is wrong");
        }
        return new Token(text, due);
    }

    private Instant end(String payload) throws NoTokenException {
        try {
            JsonNode end = json.readTree(Base64.getUrlDecoder().decode(payload)).path("exp");
            if (end.canConvertToLong()) {
                return Instant.ofEpochSecond(Math.min(end.asLong(), Instant.MAX.getEpochSecond()));
            }
        } catch (IOException | IllegalArgumentException malformed) {
            // as one without an end
        }
        throw new NoTokenException("a token without an end");
    }

    /** There is no token. */
    private static final class NoTokenException extends Exception {

        private static final long serialVersionUID = 1L;

        /** @param why in a few words, without anything of an answer */
        NoTokenException(String why) {
            super(why, null, false, false);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
