package dev.octosts.github;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A GitHub App that this service acts as, and the JWT that proves its identity to GitHub.
 *
 * <p>The JWT is signed once and reused, because a signature costs more than the rest of an exchange.
 *
 * @see <a
 *     href="https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app">GitHub:
 *     the JWT of an App</a>
 */
public final class GitHubApp {

    /** GitHub's clock may be behind ours by this much. */
    private static final Duration CLOCK_DRIFT = Duration.ofSeconds(60);

    /** With the drift, exp − iat is the ten minutes that GitHub allows. */
    private static final Duration LIFETIME = Duration.ofMinutes(9);

    private static final Duration RENEWED_AFTER = Duration.ofMinutes(7);
    private static final Duration USED_FOR = Duration.ofMinutes(8);

    private final long id;
    private final PrivateKey key;
    private final Clock clock;
    private final ReentrantLock signing = new ReentrantLock();
    private volatile @Nullable Signed current;

    /**
     * An App.
     *
     * @param id the App's id
     * @param key its RSA private key
     * @param clock decides when a JWT has to be renewed
     */
    public GitHubApp(long id, PrivateKey key, Clock clock) {
        this.id = id;
        this.key = key;
        this.clock = clock;
    }

    /** The App's id. */
    public long id() {
        return id;
    }

    /** A JWT that is valid for at least another minute. */
    String jwt() {
        // Read before the clock: a JWT that is signed after the clock was read would seem to be from the future.
        Signed signed = current;
        Instant now = clock.instant();
        if (signed == null || !signed.isUsableAt(now)) {
            signing.lock();
        } else if (!signed.isDueAt(now) || !signing.tryLock()) {
            // One caller renews it while the others go on with the old one.
            return signed.jwt();
        }
        try {
            Signed meanwhile = current;
            return meanwhile != null && !meanwhile.equals(signed) ? meanwhile.jwt() : sign(clock.instant());
        } finally {
            signing.unlock();
        }
    }

    private String sign(Instant now) {
        try {
            var jwt = new SignedJWT(
                    new JWSHeader(JWSAlgorithm.RS256),
                    new JWTClaimsSet.Builder()
                            .issuer(Long.toString(id))
                            .issueTime(Date.from(now.minus(CLOCK_DRIFT)))
                            .expirationTime(Date.from(now.plus(LIFETIME)))
                            .build());
            jwt.sign(new RSASSASigner(key));
            var signed = new Signed(jwt.serialize(), now);
            current = signed;
            return signed.jwt();
        } catch (JOSEException impossible) {
            throw new IllegalStateException("the private key of App " + id + " cannot sign", impossible);
        }
    }

    @Override
    public String toString() {
        return "GitHubApp[" + id + "]";
    }

    private record Signed(String jwt, Instant at) {

        boolean isUsableAt(Instant now) {
            // A clock that was set back makes the JWT seem to be from the future, and GitHub refuses it.
            return !now.isBefore(at) && now.isBefore(at.plus(USED_FOR));
        }

        boolean isDueAt(Instant now) {
            return !now.isBefore(at.plus(RENEWED_AFTER));
        }
    }
}
