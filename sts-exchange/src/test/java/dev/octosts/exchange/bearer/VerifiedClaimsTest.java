package dev.octosts.exchange.bearer;

import static dev.octosts.exchange.bearer.VerifierFixture.change;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.bearer.Verification.Reason;
import dev.octosts.exchange.bearer.Verification.Verified;
import dev.octosts.exchange.issuer.PermittedIssuers.Lifetimes;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which claims a token may have. */
class VerifiedClaimsTest {
    private static final long NOW = TestIssuer.NOW.getEpochSecond();

    private final VerifierFixture world = new VerifierFixture();
    private final TestIssuer issuer = world.issuer;
    private final TokenVerifier verifier = world.verifier;

    static Stream<Named<Consumer<Map<String, @Nullable Object>>>> badClaims() {
        return Stream.of(
                change("expired", c -> c.put("exp", NOW - 60)),
                change("expiring now", c -> c.put("exp", NOW)),
                change("without exp", c -> c.remove("exp")),
                change("with exp null", c -> c.put("exp", null)),
                change("with exp 0", c -> c.put("exp", 0)),
                change("with exp as a string", c -> c.put("exp", Long.toString(NOW + 300))),
                change("with an exp beyond all time", c -> c.put("exp", new BigDecimal("1e999999"))),
                change("not valid for ten minutes", c -> c.put("nbf", NOW + 600)),
                change("with nbf as a word", c -> c.put("nbf", "now")),
                change("with iat as a word", c -> c.put("iat", "now")),
                change("with iat null", c -> c.put("iat", null)),
                change("with a numeric aud", c -> c.put("aud", 7)),
                change("with aud null", c -> c.put("aud", null)),
                change("with a number among its audiences", c -> c.put("aud", Arrays.asList("a", 7))),
                change("with an object as aud", c -> c.put("aud", Map.of("a", 1))));
    }

    @ParameterizedTest
    @MethodSource("badClaims")
    void do_not_verify_a_token_whose_claims_are(Consumer<Map<String, @Nullable Object>> change) {
        world.claims(issuer.token());

        assertThat(world.reason(issuer.token(change))).isEqualTo(Reason.UNVERIFIED);
    }

    static Stream<Named<Consumer<Map<String, @Nullable Object>>>> goodClaims() {
        return Stream.of(
                change("exp with a fraction", c -> c.put("exp", new BigDecimal(NOW + 300).add(new BigDecimal("0.5")))),
                change("exp in thirty years", c -> c.put("exp", NOW + 30L * 365 * 86_400)),
                change("nbf in the past", c -> c.put("nbf", NOW - 60)),
                change("nbf within the leeway", c -> c.put("nbf", NOW + 120)),
                change("nbf null", c -> c.put("nbf", null)),
                change("iat ahead", c -> c.put("iat", NOW + 3600)),
                change("no iat", c -> c.remove("iat")),
                change("no aud", c -> c.remove("aud")),
                change("no audiences", c -> c.put("aud", List.of())),
                change("no sub", c -> c.remove("sub")),
                change("distributed claims", c -> c.put("_claim_names", Map.of("x", "y"))),
                change("much to say", c -> c.put("pad", "x".repeat(4000))));
    }

    @ParameterizedTest
    @MethodSource("goodClaims")
    void verify_a_token_with(Consumer<Map<String, @Nullable Object>> change) {
        assertThat(verifier.verify(issuer.token(change))).isInstanceOf(Verified.class);
    }

    @Test
    void keep_a_lifetime_only_if_it_makes_sense() {
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> new Lifetimes(Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(1)));
    }
}
