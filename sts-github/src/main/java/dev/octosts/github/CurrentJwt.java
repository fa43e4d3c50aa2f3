package dev.octosts.github;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The JWT of an App that is in use; none at first. */
final class CurrentJwt {

    /** One that was signed a moment ago and refused would be refused again. */
    static final Duration FRESH = Duration.ofSeconds(10);

    private volatile @Nullable AppJwt jwt;

    @Nullable
    AppJwt get() {
        return jwt;
    }

    void set(AppJwt signed) {
        jwt = signed;
    }

    /** See {@link JwtSource#forget}. */
    boolean forget(@Nullable AppJwt refused, Instant now) {
        if (refused == null) {
            return false; // it was signed for the very call
        }
        if (!refused.equals(jwt)) {
            return true; // others have noticed
        }
        if (!refused.isOlderAt(now, FRESH)) {
            return false;
        }
        jwt = null;
        return true;
    }
}
