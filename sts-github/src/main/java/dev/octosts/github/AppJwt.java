package dev.octosts.github;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/**
 * A signed JWT of an App.
 *
 * @param text a secret
 * @param at when it was signed
 */
record AppJwt(String text, Instant at) {

    /** GitHub's clock may be behind ours by this much. */
    private static final Duration CLOCK_DRIFT = Duration.ofSeconds(60);

    /** With the drift, exp − iat is the ten minutes that GitHub allows. */
    private static final Duration LIFETIME = Duration.ofMinutes(9);

    /** A call that begins with it must end before it expires. */
    private static final Duration RESERVE = Duration.ofSeconds(10);

    private static final Duration USED_FOR = Duration.ofMinutes(8);

    /** Signs a JWT for an App. */
    static AppJwt sign(long app, SigningKey key, Instant now) throws SigningException {
        var unsigned = new JWSObject(
                new JWSHeader(JWSAlgorithm.parse(key.algorithm())),
                new JWTClaimsSet.Builder()
                        .issuer(Long.toString(app))
                        .issueTime(Date.from(now.minus(CLOCK_DRIFT)))
                        .expirationTime(Date.from(now.plus(LIFETIME)))
                        .build()
                        .toPayload());
        byte[] signature = key.sign(unsigned.getSigningInput());
        return new AppJwt(
                unsigned.getHeader().toBase64URL() + "." + unsigned.getPayload().toBase64URL() + "."
                        + Base64URL.encode(signature),
                now);
    }

    /** A clock that was set back makes the JWT seem to be from the future, and GitHub refuses it. */
    private boolean isOfThePast(Instant now) {
        return !now.isBefore(at);
    }

    /** Whether GitHub accepts it, even if its clock is ahead of ours. */
    boolean isUsableAt(Instant now) {
        return isOfThePast(now) && now.isBefore(at.plus(USED_FOR));
    }

    /** Whether GitHub accepts it, as long as its clock is not ahead of ours. */
    boolean isValidAt(Instant now) {
        return isOfThePast(now) && now.isBefore(at.plus(LIFETIME).minus(RESERVE));
    }

    boolean isOlderAt(Instant now, Duration age) {
        return !now.isBefore(at.plus(age));
    }

    @Override
    public String toString() {
        return "AppJwt[at=" + at + "]";
    }
}
