package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.RESOURCE_EXHAUSTED;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static dev.octosts.exchange.GitHubErrors.LIMITED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Problem;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error of an exchange, in the order in which a caller would see them. */
@Timeout(60)
class ExchangeErrorsTest {

    @ParameterizedTest
    @MethodSource({
        "dev.octosts.exchange.RequestErrors#bearers",
        "dev.octosts.exchange.RequestErrors#targets",
        "dev.octosts.exchange.GitHubErrors#policies",
        "dev.octosts.exchange.GitHubErrors#troubles"
    })
    void refuses(ErrorRow row) {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy());
            row.world().accept(world);
            var result = world.exchange(
                    row.ask().bearer().apply(world),
                    row.ask().scope().apply(world),
                    row.ask().identity());
            Problem expected = row.expected().apply(world);
            assertThat(refused(result).code()).isEqualTo(expected.code());
            if (!expected.message().isEmpty()) {
                assertThat(refused(result)).isEqualTo(expected);
            }
            assertThat(refused(result).message())
                    .as("nothing of GitHub's words or address")
                    .doesNotContain("http://", "https://", "GitHub's", "Resource", "status ", "html", "localhost");
            assertThat(world.events()).hasSize(1);
        }
    }

    @Test
    void the_world_of_these_rows_grants_a_token_when_nothing_is_wrong() {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy());
            assertThat(world.granted(world.exchange()).permissions().levels()).containsEntry("issues", Level.WRITE);
        }
    }

    @Test
    void a_limit_on_the_read_token_is_the_policys_when_all_is_known_of_the_organization() {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy());
            world.exchange(world.token().sign(), world.scope(), "other");
            world.gitHub().server().fault(Calls.readMint(), Faults.secondaryLimit());
            assertThat(refused(world.exchange())).isEqualTo(new Problem(RESOURCE_EXHAUSTED, LIMITED));
        }
    }
}
