package dev.octosts.exchange;

import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static dev.octosts.sandbox.github.Calls.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.oidc.SigningKey;
import dev.octosts.sandbox.oidc.TokenBuilder;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of several faults a caller sees the first in the order of the contract. */
@Timeout(60)
class ExchangeOrderTest {

    private final ExchangeFixture world = new ExchangeFixture();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void repairing_one_fault_shows_the_next() {
        var stranger = SigningKey.create(world.issuer().key().algorithm(), "k");
        TokenBuilder unverifiable =
                world.token().subject("a\"b").audience("a@b").key(stranger);
        assertThat(message(unverifiable, "", "")).isEqualTo("unable to verify bearer token");
        TokenBuilder malformed = world.token().subject("a\"b").audience("a@b");
        assertThat(message(malformed, "", "")).isEqualTo("scope must be provided");
        assertThat(message(malformed, "a/b/c", "")).isEqualTo("identity must be provided");
        assertThat(message(malformed, "a/b/c", IDENTITY)).startsWith("scope must be ");
        assertThat(world.gitHub().calls()).isEmpty();
        assertThat(message(malformed, "nobody/x", IDENTITY)).isEqualTo("no installation found for \"nobody\"");
        assertThat(message(malformed, world.scope(), "gone")).isEqualTo("unable to find trust policy for \"gone\"");
        world.put(world.policy().replace("issuer: ", "issuer: https://other.example/"));
        assertThat(message(malformed, world.scope(), IDENTITY)).isEqualTo("invalid subject in token");
        assertThat(message(world.token().audience("a@b"), world.scope(), IDENTITY))
                .isEqualTo("invalid audience in token");
        assertThat(message(world.token().subject("x").audience("y"), world.scope(), IDENTITY))
                .startsWith("trust policy: issuer ");
    }

    @Test
    void an_absence_that_is_known_is_told_before_the_installation_is_looked_up() {
        world.exchange();
        world.gitHub().server().fault(kind(CallKind.FIND_INSTALLATION), Faults.primaryLimit());
        world.gitHub().log().clear();
        assertThat(refused(world.exchange()).message()).isEqualTo("unable to find trust policy for \"ci\"");
        assertThat(world.gitHub().calls()).isEmpty();
    }

    @Test
    void a_denial_mints_nothing() {
        world.put(world.policy());
        refused(world.exchange(world.token().subject("other").sign(), world.scope(), IDENTITY));
        assertThat(world.gitHub().log().count(Calls.finalMint())).isZero();
    }

    @Test
    void an_issuer_that_is_not_on_the_operators_list_is_not_even_asked() {
        try (var guarded = new ExchangeFixture(Set.of("https://issuer.example"))) {
            assertThat(refused(guarded.exchange()).message()).isEqualTo("issuer is not allowed");
            assertThat(guarded.issuer().hits(dev.octosts.sandbox.oidc.Document.DISCOVERY))
                    .isZero();
        }
    }

    private String message(TokenBuilder token, String scope, String identity) {
        return refused(world.exchange(token.sign(), scope, identity)).message();
    }
}
