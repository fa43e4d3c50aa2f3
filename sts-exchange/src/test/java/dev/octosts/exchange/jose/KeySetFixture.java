package dev.octosts.exchange.jose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.bearer.TestIssuer;
import dev.octosts.exchange.bearer.TestVerifiers;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.bearer.Verification.Reason;
import dev.octosts.exchange.bearer.Verification.Rejected;
import dev.octosts.exchange.bearer.Verification.Verified;

/** An issuer and a verifier that knows it by its key set. */
final class KeySetFixture {
    final TestIssuer issuer = new TestIssuer();
    final TokenVerifier verifier = TestVerifiers.over(issuer);

    void assertVerified(String token) {
        assertThat(verifier.verify(token)).isInstanceOf(Verified.class);
    }

    void assertUnverified(String token) {
        assertThat(verifier.verify(token))
                .isInstanceOfSatisfying(
                        Rejected.class, r -> assertThat(r.reason()).isEqualTo(Reason.UNVERIFIED));
    }
}
