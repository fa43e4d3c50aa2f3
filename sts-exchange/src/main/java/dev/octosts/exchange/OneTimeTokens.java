package dev.octosts.exchange;

import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.Sha256;
import dev.octosts.api.TurnedAway;
import dev.octosts.exchange.bearer.VerifiedToken;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.exchange.spi.UsedTokens;
import dev.octosts.exchange.spi.UsedTokens.Result;
import dev.octosts.exchange.store.MemoryUsedTokens;
import dev.octosts.exchange.store.TimeLimit;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets each OIDC token be exchanged once, where the operator wants that. A token counts as used from just before the
 * mint on, and is taken back when its caller gets no GitHub token. When nobody can say whether it was used, nothing is
 * minted.
 */
final class OneTimeTokens implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OneTimeTokens.class);

    /** Longer than a good database takes, shorter than callers wait. */
    private static final Duration PATIENCE = Duration.ofMillis(2_500);

    /** While the store is left alone, nobody gets a token. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final TimeLimit.Words WORDS =
            new TimeLimit.Words("used tokens", "exchanges are refused, because tokens may have been used before");

    /** The clocks of replicas may differ: a token is remembered a little longer than it lives. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(10);

    private final Optional<UsedTokens> used;
    private final Optional<TimeLimit> limit;
    private final Clock clock;

    private OneTimeTokens(Optional<UsedTokens> used, Optional<TimeLimit> limit, Clock clock) {
        this.used = used;
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * The rule about used tokens.
     *
     * @param database remembers them, when the rule says so
     * @param clock tells how long a token still lives
     * @param nanoTime a clock that is never set
     */
    static OneTimeTokens of(TokenReuse rule, UsedTokens database, Clock clock, LongSupplier nanoTime) {
        return switch (rule) {
            case ALLOW -> new OneTimeTokens(Optional.empty(), Optional.empty(), clock);
            case DENY_IN_MEMORY ->
                new OneTimeTokens(Optional.of(new MemoryUsedTokens(nanoTime)), Optional.empty(), clock);
            case DENY_IN_DATABASE ->
                new OneTimeTokens(
                        Optional.of(database), Optional.of(new TimeLimit(WORDS, PATIENCE, PAUSE, nanoTime)), clock);
        };
    }

    /** The use of a token for one exchange; closed before it is {@link #keep kept}, it is taken back. */
    interface PendingUse extends AutoCloseable {

        /** A use that nobody remembers. */
        PendingUse OF_NO_CONCERN = new PendingUse() {
            @Override
            public void keep() {}

            @Override
            public void close() {}
        };

        /** The caller gets a GitHub token. */
        void keep();

        @Override
        void close();
    }

    /**
     * Begins the use of a token.
     *
     * @throws RefusedException when it was used before, or when that is not known
     */
    PendingUse begin(ExchangeRequest request, Admission admission) throws RefusedException {
        if (used.isEmpty()) {
            return PendingUse.OF_NO_CONCERN;
        }
        VerifiedToken bearer = admission.caller().bearer();
        String text = request.bearer().orElseThrow().value();
        var use = new UsedTokens.Use(
                digest(bearer, text), holder(), admission.target().account());
        return switch (result(used.get(), use, life(bearer))) {
            case FIRST -> new Begun(used.get(), use);
            case REPEATED -> throw Refusal.TOKEN_USED.exception();
            case FULL -> throw Refusal.turnedAway(TurnedAway.USED_TOKENS, AGAIN_AFTER);
        };
    }

    /**
     * Identifies a token: by its issuer and its id, or else by what is signed. The signature is left out, because one
     * can be written in several ways.
     */
    private static String digest(VerifiedToken bearer, String text) {
        @Nullable Object id = bearer.claims().all().get("jti");
        String name = id instanceof String given && !given.isEmpty()
                ? "id\n" + given
                : "text\n" + text.substring(0, text.lastIndexOf('.'));
        // An issuer has no line break in it.
        return Sha256.hex(bearer.claims().issuer() + "\n" + name);
    }

    /** Unique, not secret. */
    private static String holder() {
        var random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private Duration life(VerifiedToken bearer) {
        Duration left = Duration.between(clock.instant(), bearer.expiry());
        Duration bounded = left.compareTo(LONGEST) > 0 ? LONGEST : left;
        return (bounded.isNegative() ? Duration.ZERO : bounded).plus(MARGIN);
    }

    private Result result(UsedTokens store, UsedTokens.Use use, Duration life) throws RefusedException {
        try {
            return limit.isEmpty() ? store.use(use, life) : patiently(limit.get(), store, use, life);
        } catch (StoreException unknown) {
            throw Refusal.TOKEN_USE_UNKNOWN.exception();
        }
    }

    /** An answer that comes when its caller is gone leaves no used token behind: the caller may try again. */
    private static Result patiently(TimeLimit limit, UsedTokens store, UsedTokens.Use use, Duration life)
            throws StoreException {
        var given = new AtomicBoolean();
        try {
            return limit.within(() -> {
                Result result = store.use(use, life);
                if (!given.compareAndSet(false, true) && result == Result.FIRST) {
                    store.takeBack(use);
                }
                return result;
            });
        } catch (StoreException late) {
            given.set(true);
            throw late;
        }
    }

    private void takeBack(UsedTokens store, UsedTokens.Use use) {
        try {
            if (limit.isEmpty()) {
                store.takeBack(use);
            } else {
                limit.get().within(() -> {
                    store.takeBack(use);
                    return true;
                });
            }
        } catch (StoreException failed) {
            LOG.debug("a token stays used although nothing was minted: {}", failed.getMessage());
        }
    }

    private final class Begun implements PendingUse {

        private final UsedTokens store;
        private final UsedTokens.Use use;
        private boolean kept;

        Begun(UsedTokens store, UsedTokens.Use use) {
            this.store = store;
            this.use = use;
        }

        @Override
        public void keep() {
            kept = true;
        }

        @Override
        public void close() {
            if (!kept) {
                takeBack(store, use);
            }
        }
    }

    @Override
    public void close() {
        limit.ifPresent(TimeLimit::close);
    }
}
