package dev.octosts.app.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.octosts.api.Egress;
import dev.octosts.app.settings.EventIdentity;
import dev.octosts.github.key.ServiceHttp;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who this service is to a sink on Google Cloud: with an identity token of a service account, from the metadata
 * server or with the account's key. A token is used until shortly before its end.
 */
final class GoogleIdentity implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GoogleIdentity.class);

    /** A metadata server itself gives another one five minutes before the end. */
    private static final Duration RESERVE = Duration.ofMinutes(3);

    private static final Duration LINES_EVERY = Duration.ofMinutes(1);
    private static final int LONGEST = 8_192;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]+\\.([A-Za-z0-9_-]+)\\.[A-Za-z0-9_-]+");

    private final TokenGiver giver;
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
     * @param sink the audience is its address, without what may be a key in it
     */
    static GoogleIdentity of(EventIdentity identity, URI sink, Egress egress, Clock clock) {
        return switch (identity) {
            // No proxy reaches it.
            case EventIdentity.MetadataServer(var server) ->
                new GoogleIdentity(
                        new MetadataTokens(server, audience(sink)), new Egress(egress.tls(), Optional.empty()), clock);
            case EventIdentity.KeyFile(var path) ->
                new GoogleIdentity(new KeyFileTokens(path, audience(sink), clock), egress, clock);
        };
    }

    private GoogleIdentity(TokenGiver giver, Egress egress, Clock clock) {
        this.giver = giver;
        this.http = new ServiceHttp(egress);
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
                LOG.info("{} gives identity tokens again; the events that waited are sent", giver.name());
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
                "events wait, because {} gives no identity token: {}. {}, or set OCTOSTS_EVENT_IDENTITY=none where the sink"
                        + " needs no token",
                giver.name(),
                none.getMessage(),
                giver.advice());
    }

    private Token asked() throws NoTokenException {
        var question = giver.question();
        ServiceHttp.ServiceAnswer answer;
        try {
            answer = http.exchange(question);
        } catch (IOException failed) {
            throw new NoTokenException("no answer (" + failed.getClass().getSimpleName() + ")");
        }
        if (answer.status() != 200) {
            throw new NoTokenException("status " + answer.status());
        }
        var text = giver.token(answer);
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

    @Override
    public void close() {
        http.close();
    }
}
