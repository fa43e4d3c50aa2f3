package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static dev.octosts.exchange.GuardrailsFixture.FRESH;
import static dev.octosts.exchange.GuardrailsFixture.TIGHT;
import static dev.octosts.exchange.GuardrailsFixture.TOO_MUCH;
import static dev.octosts.exchange.GuardrailsFixture.violations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.octosts.api.ExchangeEvent.GuardrailViolation;
import dev.octosts.api.Problem;
import dev.octosts.policy.diagnostic.Parsed;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.sandbox.github.Call;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The operator's guard rails, and a service that is read-only, on whole exchanges. */
@Timeout(60)
class ServiceGuardrailsTest {

    @Test
    void of_the_service_hold_beside_those_of_the_organization_and_the_stricter_wins() {
        var audit = limits("mode: audit\nrepository_policies: deny\n");
        try (var world = new ExchangeFixture(audit)) {
            world.put(world.policy());
            world.granted(world.exchange());
            world.guard(TIGHT);
            world.gitHub().time().passes(FRESH);
            assertThat(refused(world.exchange())).isEqualTo(TOO_MUCH);
            assertThat(violations(world))
                    .extracting(GuardrailViolation::source, GuardrailViolation::rule, GuardrailViolation::allowed)
                    .containsExactly(
                            tuple("service", "repository_policies", true),
                            tuple("organization", "max_permissions", false));
        }
        try (var world = new ExchangeFixture(limits(TIGHT))) {
            world.put(world.policy()).guard("max_permissions: {issues: admin}\n");
            assertThat(refused(world.exchange())).isEqualTo(TOO_MUCH);
        }
    }

    @Test
    void of_the_service_bind_the_policies_of_organizations_too() {
        try (var world = new ExchangeFixture(limits(TIGHT))) {
            world.put(".github", world.policy());
            String owner = world.gitHub().owner();
            for (String scope : List.of(owner, owner + "/.github")) {
                assertThat(refused(world.exchange(world.token().sign(), scope, IDENTITY)))
                        .isEqualTo(TOO_MUCH);
            }
            assertThat(violations(world))
                    .containsExactly(new GuardrailViolation(
                            "service", "enforce", false, "max_permissions", "issues: write (at most read)"));
            assertThat(world.gitHub().log().matching(Call::finalMint)).isEmpty();
        }
        try (var world = new ExchangeFixture(limits("repository_policies: deny\n"))) {
            world.put(".github", world.policy());
            world.granted(world.exchange(world.token().sign(), world.gitHub().owner(), IDENTITY));
        }
    }

    @Test
    void a_service_that_is_read_only_grants_no_write_to_anybody() {
        try (var world = new ExchangeFixture(new GrantLimits(Optional.empty(), true))) {
            world.put(world.policy());
            world.put(".github", world.policy());
            var denied = new Problem(PERMISSION_DENIED, "this service grants read permissions only");
            assertThat(refused(world.exchange())).isEqualTo(denied);
            assertThat(refused(
                            world.exchange(world.token().sign(), world.gitHub().owner(), IDENTITY)))
                    .isEqualTo(denied);
            world.put("reader", world.policy().replace("write", "read"));
            world.granted(world.exchange(world.token().sign(), world.gitHub().owner() + "/reader", IDENTITY));
        }
    }

    private static GrantLimits limits(String rails) {
        return switch (Guardrails.read(rails.getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Valid(var guardrails) -> new GrantLimits(Optional.of(guardrails), false);
            case Parsed.Invalid(var faults) -> throw new AssertionError(faults);
        };
    }
}
