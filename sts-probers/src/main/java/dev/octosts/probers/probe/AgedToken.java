package dev.octosts.probers.probe;

import dev.octosts.probers.IdentityToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A token that is kept until it has expired, because there is no way to get an expired token but to wait. */
final class AgedToken {

    /** A margin, because clocks differ. */
    private static final Duration LEEWAY = Duration.ofMinutes(2);

    /** An old token tests less: its key may be gone by then. */
    private static final Duration USEFUL = Duration.ofHours(6);

    private record Kept(IdentityToken token, Instant expiry) {}

    private Optional<Kept> kept = Optional.empty();

    AgedToken() {}

    /** Keeps the token, unless the kept one is still of use. */
    synchronized void offer(IdentityToken token, Instant now) {
        if (kept.isPresent() && kept.get().expiry().plus(USEFUL).isAfter(now)) {
            return;
        }
        kept = Forgery.of(token)
                .flatMap(Forgery::expiry)
                .filter(now::isBefore)
                .map(expiry -> new Kept(token, expiry))
                .or(() -> kept);
    }

    /** The kept token, if it has expired. */
    synchronized Optional<IdentityToken> expired(Instant now) {
        return kept.filter(one -> one.expiry().plus(LEEWAY).isBefore(now)).map(Kept::token);
    }
}
