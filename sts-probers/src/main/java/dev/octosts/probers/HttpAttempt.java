package dev.octosts.probers;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Sends a request once, and describes the result. */
final class HttpAttempt {

    private static final int MAX_CAUSES = 10;

    private final HttpClient client;
    private final CallBudget budget;
    private final BoundedBody.Excess excess;

    HttpAttempt(HttpClient client, CallBudget budget, BoundedBody.Excess excess) {
        this.client = client;
        this.budget = budget;
        this.excess = excess;
    }

    /** The limit holds for the whole answer: the client's own limit would end with the headers. */
    Reply send(HttpRequest request, Duration limit) throws InterruptedException {
        var call = client.sendAsync(request, _ -> new BoundedBody(excess));
        try {
            return read(call.get(Math.max(1, limit.toNanos()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return new Reply.Failed("no whole answer from " + place(request.uri()) + " within " + seconds(limit), true);
        } catch (ExecutionException failed) {
            chargeRepetition(failed);
            return explain(request.uri(), failed);
        } finally {
            call.cancel(true);
        }
    }

    private static Reply read(HttpResponse<Optional<String>> response) {
        var place = place(response.uri());
        return response.body()
                .<Reply>map(body -> new Reply.Answered(
                        response.statusCode(),
                        body,
                        response.headers().firstValue("Retry-After"),
                        response.headers().firstValue("Location"),
                        response.headers().firstValue("X-Request-Id")))
                .orElseGet(() -> new Reply.Failed(
                        place + " answered more than " + BoundedBody.LIMIT + " bytes, which no token service does",
                        false));
    }

    /** The JDK's client silently repeats a request whose connection was closed before the answer. */
    private void chargeRepetition(ExecutionException failed) {
        if (has(failed, IOException.class) && !has(failed, ConnectException.class)) {
            budget.take();
        }
    }

    /** The reply that a failure amounts to. */
    static Reply explain(URI address, ExecutionException failed) {
        var place = place(address);
        if (has(failed, UnresolvedAddressException.class) || has(failed, UnknownHostException.class)) {
            return new Reply.Failed("the name " + address.getHost() + " cannot be resolved", false);
        }
        if (has(failed, HttpConnectTimeoutException.class)) {
            return new Reply.Failed("no connection to " + place + " in time", true);
        }
        if (has(failed, HttpTimeoutException.class)) {
            return new Reply.Failed("no answer from " + place + " in time", true);
        }
        if (has(failed, ConnectException.class) || has(failed, NoRouteToHostException.class)) {
            return new Reply.Failed(
                    "no connection to " + place + ": nobody listens there, or it is not let through", true);
        }
        if (has(failed, SSLException.class) && !has(failed, SocketException.class)) {
            return new Reply.Failed(
                    "no secure connection to " + place + ": " + message(failed, SSLException.class), false);
        }
        if (has(failed, ProtocolException.class)) {
            return new Reply.Failed(place + " does not answer in HTTP", false);
        }
        if (has(failed, IOException.class)) {
            return new Reply.Failed("the connection to " + place + " broke before the answer was whole", true);
        }
        return new Reply.Failed("the call to " + place + " failed: " + PrintableText.line(failed.toString()), false);
    }

    static boolean has(Throwable failure, Class<? extends Throwable> type) {
        return causes(failure).anyMatch(type::isInstance);
    }

    private static String message(Throwable failure, Class<? extends Throwable> type) {
        return causes(failure)
                .filter(type::isInstance)
                .map(Throwable::getMessage)
                .findFirst()
                .map(PrintableText::line)
                .orElse("");
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_CAUSES);
    }

    static String seconds(Duration limit) {
        return limit.toMillis() / 1_000.0 + " s";
    }

    private static String place(URI address) {
        return address.getRawAuthority();
    }

    /**
     * The pauses before retries: twice as long each time, with a random half, so that many callers do not come back
     * together; and at least as long as the answer asked for.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110, section 10.2.3: Retry-After</a>
     */
    static final class Pauses {

        private static final Duration FIRST = Duration.ofMillis(250);
        private static final int DOUBLINGS = 5;
        private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

        private final TimeSource timing;

        Pauses(TimeSource timing) {
            this.timing = timing;
        }

        /** The pause after a number of tries; the last try got this reply. */
        Duration after(int tries, Reply reply) {
            var longest = FIRST.multipliedBy(1L << Math.min(tries - 1, DOUBLINGS));
            var half = longest.dividedBy(2);
            var chosen = half.plusNanos((long) (half.toNanos() * timing.chance()));
            return asked(reply).map(chosen::plus).orElse(chosen);
        }

        private Optional<Duration> asked(Reply reply) {
            return switch (reply) {
                case Reply.Answered answered -> answered.retryAfter().flatMap(this::read);
                case Reply.Failed _ -> Optional.empty();
            };
        }

        private Optional<Duration> read(String retryAfter) {
            var text = retryAfter.strip();
            if (SECONDS.matcher(text).matches()) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            try {
                Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                var wait = Duration.between(timing.now(), then);
                return wait.isPositive() ? Optional.of(wait) : Optional.empty();
            } catch (DateTimeParseException _) {
                return Optional.empty();
            }
        }
    }
}
