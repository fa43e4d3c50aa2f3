package dev.octosts.exchange.bearer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.bearer.Verification.Reason;
import dev.octosts.exchange.bearer.Verification.Rejected;
import dev.octosts.exchange.bearer.Verification.Verified;
import dev.octosts.exchange.issuer.IssuerEvents;
import dev.octosts.exchange.issuer.IssuersFile;
import dev.octosts.exchange.issuer.PermittedIssuers;
import dev.octosts.policy.Claims;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;

/** A verifier before an issuer of its own, and what it makes of a token. */
final class VerifierFixture {
    final TestIssuer issuer = new TestIssuer();
    final TokenVerifier verifier = verifier(PermittedIssuers.anyPublicIssuer());

    TokenVerifier verifier(PermittedIssuers permitted) {
        return TestVerifiers.of(permitted, IssuersFile.none(), issuer, IssuerEvents.none(), new TestClock());
    }

    Reason reason(String token) {
        Verification verification = verifier.verify(token);
        assertThat(verification).isInstanceOf(Rejected.class);
        return ((Rejected) verification).reason();
    }

    Claims claims(String token) {
        Verification verification = verifier.verify(token);
        assertThat(verification).isInstanceOf(Verified.class);
        return ((Verified) verification).token().claims();
    }

    /** A change to a token's header or claims. */
    static Named<Consumer<Map<String, @Nullable Object>>> change(
            String name, Consumer<Map<String, @Nullable Object>> change) {
        return Named.of(name, change);
    }
}
