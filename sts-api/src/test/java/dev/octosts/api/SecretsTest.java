package dev.octosts.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsTest {

    private static final String SECRET = "ghs_secret";

    @Test
    void are_never_printed() {
        assertThat(List.of(
                        new BearerToken(SECRET),
                        new HeldToken(SECRET),
                        new ExchangeRequest(new BearerToken(SECRET), "o/r", "x", ""),
                        new InstallationToken(SECRET, Instant.EPOCH),
                        new ExchangeResult.Granted(new InstallationToken(SECRET, Instant.EPOCH), Map.of())))
                .allSatisfy(value -> assertThat(value.toString()).doesNotContain("secret"));
    }

    @Test
    void of_another_scheme_than_bearer_are_left_for_verification_to_refuse() {
        assertThat(BearerToken.ofHeader("Bearer x").value()).isEqualTo("x");
        assertThat(BearerToken.ofHeader("Basic x").value()).isEqualTo("Basic x");
        assertThat(BearerToken.ofHeader("Bearer").value()).isEqualTo("Bearer");
    }
}
