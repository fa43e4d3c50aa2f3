package dev.octosts.exchange.issuer;

import com.github.benmanes.caffeine.cache.Cache;
import dev.octosts.exchange.issuer.KeyLookup.Unavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers issuers that failed several times in a row, so that tokens cannot make this service hammer a third party.
 * One failure may be chance; from the second on the issuer is left alone for 1 s, 2 s, 4 s and so on, up to a minute.
 * Proven issuers have a memory of their own, which strangers cannot fill.
 */
public final class FailingIssuers {
    private static final Duration MEMORY = Duration.ofMinutes(10);
    private static final int MAX_DOUBLINGS = 6;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Reputation reputation;
    private final Clock clock;
    private final Cache<String, Failure> ofProven;
    private final Cache<String, Failure> ofStrangers;

    FailingIssuers(Reputation reputation, Clock clock) {
        this.reputation = reputation;
        this.clock = clock;
        this.ofProven = Reputation.remembered(MEMORY, clock);
        this.ofStrangers = Reputation.remembered(MEMORY, clock);
    }

    private record Failure(int inARow, Instant until, Unavailable answer) {}

    private Cache<String, Failure> of(String issuer) {
        return reputation.isProven(issuer) ? ofProven : ofStrangers;
    }

    /** The last failure, while the issuer is to be left alone. */
    Optional<Unavailable> remembered(String issuer) {
        Failure failure = of(issuer).getIfPresent(issuer);
        return failure != null && clock.instant().isBefore(failure.until)
                ? Optional.of(failure.answer)
                : Optional.empty();
    }

    /** Whether the last load failed, however long ago. */
    boolean isFailing(String issuer) {
        return of(issuer).getIfPresent(issuer) != null;
    }

    /**
     * Remembers a failure.
     *
     * @param answer what callers get while the issuer is left alone
     */
    public void failed(String issuer, Unavailable answer) {
        Instant now = clock.instant();
        of(issuer).asMap().compute(issuer, (_, last) -> {
            int inARow = last == null ? 1 : last.inARow + 1;
            return new Failure(inARow, now.plus(pause(inARow)), answer);
        });
    }

    void succeeded(String issuer) {
        ofProven.invalidate(issuer);
        ofStrangers.invalidate(issuer);
    }

    private static Duration pause(int inARow) {
        if (inARow < 2) {
            return Duration.ZERO;
        }
        Duration pause = Duration.ofSeconds(1L << Math.min(inARow - 2, MAX_DOUBLINGS));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }
}
