package dev.octosts.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenTextTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private static String jwt(String header, String claims) {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".signature";
    }

    @Test
    void shows_header_and_claims_but_no_signature() {
        var jwt = jwt("{\"alg\":\"RS256\"}", "{\"sub\":\"me\",\"exp\":1800000600,\"aud\":[\"a\",\"b\"],\"ok\":true}");
        assertThat(TokenText.header(jwt)).containsExactly(Map.entry("alg", "RS256"));
        var claims = TokenText.claims(jwt, NOW);
        assertThat(claims)
                .containsEntry("sub", "me")
                .containsEntry("aud", "[\"a\",\"b\"]")
                .containsEntry("ok", "true")
                .containsEntry("exp", "1800000600  (2027-01-15T08:10:00Z, in 10 min)");
        assertThat(claims.toString()).doesNotContain("signature");
    }

    @ParameterizedTest
    @CsvSource({"ghs_0123456789, ghs_0123...", "ghs_0123, ...", "'', ..."})
    void shortens(String token, String shown) {
        assertThat(TokenText.shortened(token)).isEqualTo(shown);
    }

    @Test
    void shortens_a_token_within_an_answer() {
        assertThat(TokenText.body("{\"token\":\"ghs_0123456789\"}", "ghs_0123456789"))
                .isEqualTo("{\"token\":\"ghs_0123...\"}");
        assertThat(TokenText.body("{\"code\":5}", "")).isEqualTo("{\"code\":5}");
    }

    @ParameterizedTest
    @CsvSource({"0, now", "29, now", "599, in 10 min", "3600, in 60 min", "-120, 2 min ago"})
    void tells_how_far_off(long seconds, String text) {
        assertThat(TokenText.distance(NOW, NOW.plusSeconds(seconds))).isEqualTo(text);
    }
}
