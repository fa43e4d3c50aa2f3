package dev.octosts.app.playground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.playground.Playground.UnfitException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaygroundTest {

    @Test
    void rules_about_parts_of_claims_see_what_the_exchange_sees() throws UnfitException {
        var claims = Playground.claims("""
                {"iss": "https://a.example", "sub": "b", "groups": ["one", "two"], "kubernetes.io": {"pod": "web"}}""");

        assertThat(claims.all())
                .containsEntry("groups", List.of("one", "two"))
                .containsEntry("kubernetes.io", Map.of("pod", "web"));
    }

    @Test
    void the_issuer_of_google_has_the_name_that_policies_use() throws UnfitException {
        assertThat(Playground.claims("{\"iss\": \"accounts.google.com\", \"sub\": \"b\"}")
                        .issuer())
                .isEqualTo("https://accounts.google.com");
    }
}
