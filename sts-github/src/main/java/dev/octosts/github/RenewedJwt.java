package dev.octosts.github;

import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import dev.octosts.github.key.SigningKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JWT of an App whose key is in a key service. It is renewed ahead of need, by a thread of its own, so no caller
 * waits for a signature after the first. When the service fails, callers go on with the JWT that there is until it
 * expires: four minutes at least.
 */
final class RenewedJwt implements JwtSource {

    private static final Logger LOG = LoggerFactory.getLogger(RenewedJwt.class);

    private static final Duration RENEWED_AFTER = Duration.ofMinutes(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(40);

    /** Replicas that started together do not ask together for ever. */
    private static final Duration JITTER = Duration.ofSeconds(15);

    private final long app;
    private final SigningKey key;
    private final Clock clock;
    private final Later later;
    private final AtomicReference<@Nullable CompletableFuture<AppJwt>> underWay = new AtomicReference<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final CurrentJwt current = new CurrentJwt();
    private volatile Instant notBefore = Instant.MIN;
    private volatile boolean ended;

    /** Runs something later, on a thread of its own. */
    @FunctionalInterface
    interface Later {

        void run(Duration after, Runnable task);

        /** By the clock of this machine. */
        static Later onThisMachine() {
            return (after, task) -> CompletableFuture.delayedExecutor(
                            after.toMillis(), TimeUnit.MILLISECONDS, RenewedJwt::start)
                    .execute(task);
        }
    }

    RenewedJwt(long app, SigningKey key, Clock clock, Later later) {
        this.app = app;
        this.key = key;
        this.clock = clock;
        this.later = later;
    }

    private static void start(Runnable task) {
        Thread.ofVirtual().name("app-jwt").start(task);
    }

    @Override
    public String jwt() throws SigningException {
        // Read before the clock: a JWT that is signed after the clock was read would seem to be from the future.
        AppJwt known = current.get();
        Instant now = clock.instant();
        if (known == null || !known.isValidAt(now)) {
            return awaited(renewal(known)).text();
        }
        // The timer does this; it may have slept with the machine.
        if (known.isOlderAt(now, RENEWED_AFTER) && !now.isBefore(notBefore)) {
            var _ = renewal(known);
        }
        return known.text();
    }

    @Override
    public @Nullable AppJwt inUse() {
        return current.get();
    }

    @Override
    public boolean forget(@Nullable AppJwt refused) {
        return current.forget(refused, clock.instant());
    }

    @Override
    public void end() {
        ended = true;
    }

    /** One signature at a time, however many wait for it; a failure is that of all who wait. */
    private CompletableFuture<AppJwt> renewal(@Nullable AppJwt known) {
        var mine = new CompletableFuture<AppJwt>();
        var others = underWay.compareAndExchange(null, mine);
        if (others != null) {
            return others;
        }
        start(() -> {
            // Over before anybody learns the result: who asks after that may need another one.
            try {
                AppJwt meanwhile = current.get();
                AppJwt next = meanwhile != null && !meanwhile.equals(known) ? meanwhile : signed();
                underWay.set(null);
                mine.complete(next);
            } catch (SigningException | RuntimeException failed) {
                underWay.set(null);
                mine.completeExceptionally(failed);
                return;
            }
            key.learn(); // nobody waits any more
        });
        return mine;
    }

    private AppJwt signed() throws SigningException {
        try {
            var signed = AppJwt.sign(app, key, clock.instant());
            current.set(signed);
            if (failures.getAndSet(0) > 0) {
                LOG.info("App {} signs with {} again", app, key.name());
            }
            later.run(RENEWED_AFTER.plus(random(JITTER)), () -> renewUnlessRenewed(signed));
            return signed;
        } catch (SigningException failed) {
            failed(failed);
            throw failed;
        }
    }

    private void renewUnlessRenewed(@Nullable AppJwt known) {
        if (!ended && Objects.equals(known, current.get())) {
            var _ = renewal(known);
        }
    }

    private void failed(SigningException failed) {
        AppJwt known = current.get();
        Instant now = clock.instant();
        LOG.warn(
                "App {} cannot sign with {}: {}; {}{}",
                app,
                key.name(),
                failed.getMessage(),
                failed.advice(),
                known != null && known.isValidAt(now) ? "; the last signature is still in use" : "");
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures.getAndIncrement(), 3));
        var within = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        notBefore = now.plus(within);
        later.run(within.plus(random(FIRST_PAUSE)), () -> renewUnlessRenewed(known));
    }

    private static Duration random(Duration atMost) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(atMost.toMillis()));
    }

    private static AppJwt awaited(CompletableFuture<AppJwt> renewal) throws SigningException {
        try {
            return renewal.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof SigningException fault
                    ? fault
                    : new SigningException(SigningFault.FAILING, "");
        } catch (TimeoutException late) {
            throw new SigningException(SigningFault.TIMED_OUT, "");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SigningException(SigningFault.TIMED_OUT, "");
        }
    }
}
