package dev.octosts.github;

import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The JWT of an App whose key is in this process. A caller signs it: that takes a millisecond, which is more than the
 * rest of an exchange, and less than a thread for it is worth.
 */
final class CallersJwt implements JwtSource {

    private static final Duration RENEWED_AFTER = Duration.ofMinutes(7);

    private final long app;
    private final SigningKey key;
    private final Clock clock;
    private final ReentrantLock signing = new ReentrantLock();
    private final CurrentJwt current = new CurrentJwt();

    CallersJwt(long app, SigningKey key, Clock clock) {
        this.app = app;
        this.key = key;
        this.clock = clock;
    }

    @Override
    public String jwt() throws SigningException {
        // Read before the clock: a JWT that is signed after the clock was read would seem to be from the future.
        AppJwt signed = current.get();
        Instant now = clock.instant();
        if (signed == null || !signed.isUsableAt(now)) {
            signing.lock();
        } else if (!signed.isOlderAt(now, RENEWED_AFTER) || !signing.tryLock()) {
            // One caller renews it while the others go on with the old one.
            return signed.text();
        }
        try {
            AppJwt meanwhile = current.get();
            return meanwhile != null && !meanwhile.equals(signed) ? meanwhile.text() : sign(clock.instant());
        } finally {
            signing.unlock();
        }
    }

    @Override
    public @Nullable AppJwt inUse() {
        return current.get();
    }

    @Override
    public boolean forget(@Nullable AppJwt refused) {
        return current.forget(refused, clock.instant());
    }

    private String sign(Instant now) throws SigningException {
        var signed = AppJwt.sign(app, key, now);
        current.set(signed);
        return signed.text();
    }
}
