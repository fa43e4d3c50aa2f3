package dev.octosts.sandbox.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import dev.octosts.sandbox.SandboxClock;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.text.ParseException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenBuilderTest {
    private final SandboxClock clock = new SandboxClock();

    private SandboxIssuer issuer(Algorithm algorithm) {
        return new SandboxIssuer("http://127.0.0.1/issuer", algorithm, clock);
    }

    /** By the published key, with a library that did not make the signature. */
    private static boolean verified(SigningKey key, String token)
            throws ParseException, JOSEException, GeneralSecurityException {
        var jwt = SignedJWT.parse(token);
        var verifier = switch (JWK.parse(key.jwk().toString())) {
            case RSAKey rsa -> new RSASSAVerifier(rsa);
            case ECKey ec -> new ECDSAVerifier(ec);
            case OctetKeyPair _ -> null;
            case JWK other -> throw new AssertionError(other.getKeyType());
        };
        return verifier == null ? verifiedEd25519(key, jwt) : jwt.verify((JWSVerifier) verifier);
    }

    /** Nimbus needs another library for Ed25519; the JDK does not. */
    private static boolean verifiedEd25519(SigningKey key, SignedJWT jwt) throws GeneralSecurityException {
        var signature = Signature.getInstance("Ed25519");
        signature.initVerify(key.publicKey());
        signature.update(jwt.getSigningInput());
        return signature.verify(jwt.getSignature().decode());
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void signs_so_that_the_published_key_verifies_it(Algorithm algorithm) throws Exception {
        var issuer = issuer(algorithm);
        var token = issuer.token().subject("me").sign();
        assertThat(Tokens.header(token).getString("alg")).isEqualTo(algorithm.text());
        assertThat(verified(issuer.key(), token)).isTrue();
        assertThat(verified(SigningKey.create(algorithm, "other"), token)).isFalse();
    }

    @Test
    void starts_as_a_token_that_should_be_accepted() {
        var issuer = issuer(Algorithm.ES256);
        var token = issuer.token().subject("me").audience("you").sign();
        var claims = Tokens.claims(token);
        assertThat(claims.getString("iss")).isEqualTo(issuer.url());
        assertThat(claims.getInt("exp") - claims.getInt("iat")).isEqualTo(600);
        assertThat(claims.getString("aud")).isEqualTo("you");
        assertThat(Tokens.header(token).getString("kid"))
                .isEqualTo(issuer.key().id().orElseThrow());
    }

    @Test
    void goes_by_the_sandboxs_clock() {
        var issuer = issuer(Algorithm.ES256);
        var before = Tokens.claims(issuer.token().sign()).getInt("iat");
        clock.advance(Duration.ofHours(2));
        assertThat(Tokens.claims(issuer.token().sign()).getInt("iat")).isGreaterThanOrEqualTo(before + 7200);
    }

    @Test
    void takes_any_claims() {
        var token = issuer(Algorithm.ES256)
                .token()
                .audience("a", "b")
                .claim("text", "x")
                .claim("number", 5)
                .claim("truth", true)
                .claim("sub", JsonValue.NULL)
                .without("exp")
                .sign();
        assertThat(Tokens.claims(token))
                .containsEntry(
                        "aud", Json.createArrayBuilder().add("a").add("b").build())
                .containsEntry("number", Json.createValue(5))
                .containsEntry("truth", JsonValue.TRUE)
                .containsEntry("sub", JsonValue.NULL)
                .doesNotContainKey("exp");
    }

    @Test
    void takes_any_header() throws Exception {
        var issuer = issuer(Algorithm.RS256);
        var crit = issuer.token()
                .header("crit", Json.createArrayBuilder().add("x").build())
                .header("alg", "RS512")
                .header("kid", "other")
                .sign();
        assertThat(Tokens.header(crit)).containsKey("crit");
        assertThat(Tokens.header(crit).getString("alg")).isEqualTo("RS512");
        assertThat(Tokens.header(crit).getString("kid")).isEqualTo("other");
        var swapped = issuer.token().sign(Algorithm.PS256);
        assertThat(Tokens.header(swapped).getString("alg")).isEqualTo("PS256");
        assertThat(verified(issuer.key(), swapped)).isTrue();
        var raw = issuer.token().rawHeader("xx").rawClaims("[1]").sign();
        assertThat(raw).startsWith("eHg.WzFd.");
    }

    @Test
    void leaves_out_the_kid_of_a_key_without_one() {
        var key = SigningKey.createWithoutId(Algorithm.ES256);
        var issuer = issuer(Algorithm.ES256).publish(key);
        assertThat(Tokens.header(issuer.token().key(key).sign())).doesNotContainKey("kid");
        assertThat(key.jwk()).doesNotContainKey("kid");
        assertThat(key.named("x").jwk().getString("kid")).isEqualTo("x");
    }

    @Test
    void makes_tokens_that_nobody_should_accept() throws Exception {
        var issuer = issuer(Algorithm.RS256);
        var unsigned = issuer.token().unsigned();
        assertThat(unsigned).endsWith(".");
        assertThat(Tokens.header(unsigned).getString("alg")).isEqualTo("none");
        assertThat(Tokens.header(issuer.token().signHs256WithPublicKey()).getString("alg"))
                .isEqualTo("HS256");
        var secret = new byte[32];
        assertThat(SignedJWT.parse(issuer.token().signHs256(secret)).verify(new MACVerifier(secret)))
                .isTrue();
    }

    @Test
    void can_have_a_key_of_a_size_that_is_too_small() {
        var key = SigningKey.createRsa(Algorithm.RS256, "small", 1024);
        assertThat(key.jwk().getString("n")).hasSizeLessThan(180);
    }
}
