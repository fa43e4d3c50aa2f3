package dev.octosts.exchange;

import static dev.octosts.api.ProblemCode.FAILED_PRECONDITION;
import static dev.octosts.api.ProblemCode.PERMISSION_DENIED;
import static dev.octosts.api.ProblemCode.RESOURCE_EXHAUSTED;
import static dev.octosts.api.ProblemCode.UNAVAILABLE;
import static dev.octosts.exchange.ExchangeFixture.GUARDRAILS;
import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.TRUSTED_ISSUERS;
import static dev.octosts.exchange.ExchangeFixture.faulty;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static dev.octosts.exchange.GuardrailsFixture.FRESH;
import static dev.octosts.exchange.GuardrailsFixture.TIGHT;
import static dev.octosts.exchange.GuardrailsFixture.TOO_MUCH;
import static dev.octosts.exchange.GuardrailsFixture.violations;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ExchangeEvent;
import dev.octosts.api.ExchangeEvent.GuardrailViolation;
import dev.octosts.api.Problem;
import dev.octosts.github.fixture.LogCapture;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Faults;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The organization's guard rails on whole exchanges; what each of them means is {@code GuardrailsTest}'s. */
@Timeout(60)
class ExchangeGuardrailsTest {

    private static final Problem NOT_SO =
            new Problem(PERMISSION_DENIED, "trust policy not permitted by organization guardrails");
    private static final Problem INVALID =
            new Problem(FAILED_PRECONDITION, "organization guardrails configuration is invalid");
    private static final Problem LIMITED =
            new Problem(RESOURCE_EXHAUSTED, "organization guardrails lookup rate limited");
    private static final Problem UNKNOWN = new Problem(UNAVAILABLE, "organization guardrails lookup unavailable");

    private static final Predicate<Call> RAILS = Calls.file(GUARDRAILS);

    record Row(Consumer<ExchangeFixture> world, Problem expected) {}

    static Stream<Named<Row>> refusing() {
        return Stream.of(
                row("a ceiling", world -> world.guard(TIGHT), TOO_MUCH),
                row(
                        "policies of repositories are not wanted",
                        world -> world.guard("repository_policies: deny\n"),
                        NOT_SO),
                row(
                        "a claim that the policy does not check",
                        world -> world.guard("issuers: [{issuer: '%s', required_claims: [repository_owner_id]}]\n"
                                .formatted(world.issuer().url())),
                        NOT_SO),
                row("both", world -> world.guard("repository_policies: deny\n" + TIGHT), TOO_MUCH),
                row("an unknown key", world -> world.guard("ceiling: {issues: read}\n"), INVALID),
                row(
                        "an impossible glob",
                        world -> world.guard("overrides: [{repositories: ['a b'], repository_policies: deny}]\n"),
                        INVALID),
                row("nothing in the file", world -> world.guard(""), INVALID),
                row("a directory", world -> world.gitHub().policyRepository().put(GUARDRAILS + "/x", "y"), INVALID));
    }

    @ParameterizedTest
    @MethodSource("refusing")
    void refuse_and_mint_nothing(Row row) {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy());
            row.world().accept(world);
            assertThat(refused(world.exchange())).isEqualTo(row.expected());
            assertThat(world.gitHub().log().matching(Call::finalMint)).isEmpty();
        }
    }

    static Stream<Named<Row>> failing() {
        return Stream.of(
                row("a limit", faulty(RAILS, Faults.primaryLimit()), LIMITED),
                row("a refusal", faulty(RAILS, Faults.forbidden()), UNKNOWN),
                row("500", faulty(RAILS, Faults.status(500)), UNKNOWN),
                row("no JSON", faulty(RAILS, Faults.malformed()), UNKNOWN));
    }

    /** Each file's look is spoilt where it is read alone, because together they share one answer. */
    @ParameterizedTest
    @MethodSource("failing")
    void are_not_taken_for_absent_when_they_cannot_be_read(Row row) {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy());
            world.gitHub().server().fault(Calls.path("^/graphql"), Faults.status(404));
            row.world().accept(world);
            assertThat(refused(world.exchange())).isEqualTo(row.expected());
            world.gitHub().server().clearFaults();
            world.granted(world.exchange());
        }
    }

    @Test
    void that_cannot_be_read_leave_the_list_of_issuers_as_it_is() {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy()).trust("issuers: [https://other.example]\n");
            world.gitHub().server().fault(Calls.path("^/graphql"), Faults.status(404));
            world.gitHub().server().fault(RAILS, Faults.status(500));
            assertThat(refused(world.exchange()).message()).isEqualTo("issuer not permitted by organization policy");
        }
    }

    @Test
    void hold_on_for_an_hour_when_they_become_unusable_or_github_does() {
        for (Consumer<ExchangeFixture> trouble : List.<Consumer<ExchangeFixture>>of(
                world -> world.guard("nonsense: 1\n"),
                world -> world.gitHub().server().fault(RAILS, Faults.status(500)),
                world -> world.gitHub().server().fault(RAILS, Faults.primaryLimit()))) {
            try (var world = new ExchangeFixture()) {
                world.put(world.policy()).guard(TIGHT);
                assertThat(refused(world.exchange())).isEqualTo(TOO_MUCH);
                trouble.accept(world);
                world.gitHub().time().passes(FRESH);
                assertThat(refused(world.exchange())).isEqualTo(TOO_MUCH);
            }
        }
    }

    @Test
    void are_read_with_the_list_of_issuers_in_one_call() {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy()).guard("self_rewrite: deny\n");
            world.granted(world.exchange());
            assertThat(world.gitHub().log().matching(RAILS))
                    .singleElement()
                    .satisfies(call -> assertThat(call.files()).containsExactly(TRUSTED_ISSUERS, GUARDRAILS));
        }
    }

    @Test
    void do_not_bind_the_policies_of_the_organization_itself() {
        try (var world = new ExchangeFixture()) {
            world.put(".github", world.policy());
            world.guard(TIGHT);
            String owner = world.gitHub().owner();
            world.granted(world.exchange(world.token().sign(), owner, IDENTITY));
            world.granted(world.exchange(world.token().sign(), owner + "/.github", IDENTITY));
            world.guard("nonsense: 1\n");
            world.gitHub().time().passes(FRESH);
            world.granted(world.exchange(world.token().sign(), owner, IDENTITY));
        }
    }

    @Test
    void are_silent_to_those_whom_the_policy_refuses() {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy()).guard(TIGHT);
            assertThat(refused(world.exchange(world.token().subject("other").sign(), world.scope(), IDENTITY))
                            .message())
                    .startsWith("trust policy: ");
        }
    }

    @Test
    void the_audit_event_and_the_log_say_which_rule_and_the_caller_is_not_told() {
        try (var world = new ExchangeFixture();
                var log = LogCapture.open()) {
            world.put(world.policy()).guard(TIGHT);
            assertThat(refused(world.exchange())).isEqualTo(TOO_MUCH);
            assertThat(violations(world))
                    .containsExactly(new GuardrailViolation(
                            "organization", "enforce", false, "max_permissions", "issues: write (at most read)"));
            assertThat(log.text())
                    .contains(
                            "max_permissions",
                            "issues: write (at most read)",
                            world.gitHub().owner());
        }
    }

    @Test
    void in_audit_mode_permit_and_record() {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy()).guard("mode: audit\n" + TIGHT);
            world.granted(world.exchange());
            assertThat(violations(world))
                    .containsExactly(new GuardrailViolation(
                            "organization", "audit", true, "max_permissions", "issues: write (at most read)"));
        }
    }

    @Test
    void are_explained_rule_by_rule_to_those_whom_the_policy_accepts() {
        try (var world = new ExchangeFixture()) {
            world.put(world.policy()).guard(TIGHT + "self_rewrite: deny\n");
            Map<String, Object> verdict = world.told(world.token().sign());
            assertThat(verdict).containsEntry("accepted", false).containsEntry("message", TOO_MUCH.message());
            assertThat(verdict.get("guardrails"))
                    .asInstanceOf(InstanceOfAssertFactories.list(Map.class))
                    .containsExactly(
                            Map.of(
                                    "source", "organization",
                                    "mode", "enforce",
                                    "rule", "max_permissions",
                                    "satisfied", false,
                                    "detail", "issues: write (at most read)"),
                            Map.of(
                                    "source", "organization",
                                    "mode", "enforce",
                                    "rule", "self_rewrite",
                                    "satisfied", true));
            assertThat(world.events()).extracting(ExchangeEvent::problem).containsExactly(TOO_MUCH);
        }
    }

    private static Named<Row> row(String name, Consumer<ExchangeFixture> world, Problem expected) {
        return Named.of(name, new Row(world, expected));
    }
}
