package dev.octosts.exchange.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.bearer.TestIssuer;
import dev.octosts.exchange.bearer.TestVerifiers;
import dev.octosts.exchange.bearer.TokenVerifier;
import dev.octosts.exchange.bearer.Verification.Reason;
import dev.octosts.exchange.bearer.Verification.Rejected;
import dev.octosts.exchange.bearer.Verification.Verified;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProviderMetadataTest {
    private final TestIssuer issuer = new TestIssuer();
    private final TokenVerifier verifier = TestVerifiers.over(issuer);

    @ParameterizedTest
    @CsvSource({
        "https://a.example,https://a.example/.well-known/openid-configuration",
        "https://a.example/,https://a.example/.well-known/openid-configuration",
        "https://a.example/t/1,https://a.example/t/1/.well-known/openid-configuration",
        "https://a.example/t/,https://a.example/t/.well-known/openid-configuration"
    })
    void is_described_at(String issuerUrl, String address) {
        assertThat(ProviderMetadata.address(issuerUrl)).isEqualTo(address);
    }

    static Stream<Named<Consumer<Map<String, @Nullable Object>>>> refused() {
        return Stream.of(
                Named.of("another issuer", d -> d.put("issuer", "https://other.example")),
                Named.of("the issuer with a slash", d -> d.put("issuer", "https://issuer.example/")),
                Named.of("the issuer in upper case", d -> d.put("issuer", "https://ISSUER.example")),
                Named.of("no issuer", d -> d.remove("issuer")),
                Named.of("a numeric issuer", d -> d.put("issuer", 5)),
                Named.of("a numeric jwks_uri", d -> d.put("jwks_uri", 5)),
                Named.of("algorithms that are no list", d -> d.put("id_token_signing_alg_values_supported", "RS256")),
                Named.of(
                        "a numeric algorithm",
                        d -> d.put("id_token_signing_alg_values_supported", Arrays.asList("RS256", 5))));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void is_refused_when_its_document_has(Consumer<Map<String, @Nullable Object>> change) {
        change.accept(issuer.discovery);

        assertThat(verifier.verify(issuer.token()))
                .isInstanceOfSatisfying(
                        Rejected.class, r -> assertThat(r.reason()).isEqualTo(Reason.PROVIDER_UNAVAILABLE));
        assertThat(issuer.keySets).hasValue(0);
    }

    static Stream<Named<Consumer<Map<String, @Nullable Object>>>> accepted() {
        return Stream.of(
                Named.of("no algorithms", d -> d.put("id_token_signing_alg_values_supported", List.of())),
                Named.of("algorithms null", d -> d.put("id_token_signing_alg_values_supported", null)),
                Named.of("keys on another host", d -> d.put("jwks_uri", "https://keys.example/jwks?v=1")),
                Named.of("more than it needs", d -> d.put("nested", Map.of("a", List.of(1, 2)))));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void is_accepted_when_its_document_has(Consumer<Map<String, @Nullable Object>> change) {
        change.accept(issuer.discovery);

        assertThat(verifier.verify(issuer.token())).isInstanceOf(Verified.class);
    }
}
