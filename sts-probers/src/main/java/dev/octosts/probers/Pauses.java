package dev.octosts.probers;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The pauses before retries: twice as long each time, with a random half, so that many callers do not come back
 * together; and at least as long as the answer asked for.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110, section 10.2.3: Retry-After</a>
 */
final class Pauses {

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
