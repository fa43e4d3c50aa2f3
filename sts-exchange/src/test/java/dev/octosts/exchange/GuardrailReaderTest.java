package dev.octosts.exchange;

import static dev.octosts.exchange.ExchangeFixture.GUARDRAILS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.GuardrailsInForce;
import dev.octosts.policy.guardrail.GuardrailsInForce.Owned;
import dev.octosts.policy.guardrail.Mode;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Faults;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guard rails as reviews get them: as exchanges find them. */
@Timeout(60)
class GuardrailReaderTest {

    private static final String DENY = "warnings: deny\n";

    private static List<Owned> known(GuardrailsInForce answer) {
        assertThat(answer).isInstanceOf(GuardrailsInForce.Known.class);
        return ((GuardrailsInForce.Known) answer).rails();
    }

    @Test
    void are_none_where_there_is_no_file() {
        try (var world = new ExchangeFixture()) {
            assertThat(known(world.rules().guardrails())).isEmpty();
        }
    }

    @Test
    void are_the_organizations_and_then_the_services() {
        var reading = Guardrails.read("repository_policies: allow\n".getBytes(StandardCharsets.UTF_8));
        var service = reading.valid().orElseThrow();
        try (var world = new ExchangeFixture(new GrantLimits(Optional.of(service), false))) {
            assertThat(known(world.rules().guardrails()))
                    .extracting(Owned::whose)
                    .containsExactly("service");
        }
        try (var world = new ExchangeFixture(new GrantLimits(Optional.of(service), false)).guard(DENY)) {
            assertThat(known(world.rules().guardrails()))
                    .extracting(Owned::whose)
                    .containsExactly("organization", "service");
            assertThat(known(world.rules().guardrails()).getFirst().rails().deniedWarnings("o", "r"))
                    .contains(Mode.ENFORCE);
        }
    }

    @Test
    void are_asked_of_github_once_and_shared_with_exchanges() {
        try (var world = new ExchangeFixture().guard(DENY)) {
            known(world.rules().guardrails());
            known(world.rules().guardrails());
            assertThat(world.gitHub().log().matching(Call::readMint)).hasSize(1);
        }
    }

    @Test
    void are_unusable_when_the_file_has_faults() {
        try (var world = new ExchangeFixture().guard("warnings: fail\n")) {
            assertThat(world.rules().guardrails()).isEqualTo(new GuardrailsInForce.Unusable());
        }
    }

    @Test
    void are_unknown_and_not_absent_when_github_does_not_tell() {
        try (var world = new ExchangeFixture().guard(DENY)) {
            world.gitHub().server().fault(Calls.path("^/graphql"), Faults.status(404));
            world.gitHub().server().fault(Calls.file(GUARDRAILS), Faults.status(500));
            assertThat(world.rules().guardrails()).isEqualTo(new GuardrailsInForce.Unknown(false));
            world.gitHub().server().clearFaults();
            assertThat(known(world.rules().guardrails())).hasSize(1);
        }
        try (var world = new ExchangeFixture().guard(DENY)) {
            world.gitHub().server().fault(Calls.path("^/graphql"), Faults.status(404));
            world.gitHub().server().fault(Calls.file(GUARDRAILS), Faults.primaryLimit());
            assertThat(world.rules().guardrails()).isEqualTo(new GuardrailsInForce.Unknown(true));
        }
    }
}
