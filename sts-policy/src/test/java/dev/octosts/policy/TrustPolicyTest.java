package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.octosts.policy.Decision.Deny;
import dev.octosts.policy.Decision.Permit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrustPolicyTest {
    @Test
    void null_is_a_claim_that_is_there_but_no_text() {
        var all = new HashMap<String, Object>();
        all.put("nothing", null);
        var claims = new Claims(Policies.ISSUER, "sub-ok", List.of(Policies.DOMAIN), all);

        Decision decision = Policies.valid(Policies.ACCEPTED + "claim_pattern: {nothing: .*}")
                .evaluate(claims, Policies.DOMAIN);

        assertThat(decision).isInstanceOf(Deny.class);
        assertThat(((Deny) decision).message()).isEqualTo("trust policy: expected claim \"nothing\" not a string");
    }

    @Test
    void tells_every_rule_in_order_also_behind_the_one_that_failed() {
        TrustPolicy policy = Policies.valid("""
                permissions: {contents: read}
                claim_pattern: {z: one, a: two, m: three}
                audience_pattern: aud.*
                subject: other
                issuer: https://issuer.example/main
                """);

        Decision decision =
                policy.evaluate(Policies.token(Map.of("aud", List.of("x", "audience"), "a", "two", "m", 3)), "unused");

        assertThat(decision.checks())
                .extracting(check -> check.rule().name(), RuleCheck::presented, RuleCheck::outcome)
                .containsExactly(
                        tuple("issuer", Policies.ISSUER, RuleCheck.Outcome.SATISFIED),
                        tuple("subject", "sub-ok", RuleCheck.Outcome.DIFFERENT),
                        tuple("audience", List.of("x", "audience"), RuleCheck.Outcome.SATISFIED),
                        tuple("z", null, RuleCheck.Outcome.ABSENT),
                        tuple("a", "two", RuleCheck.Outcome.SATISFIED),
                        tuple("m", 3, RuleCheck.Outcome.NOT_TEXT));
        assertThat(decision.checks())
                .extracting(
                        check -> check.rule().aspect(),
                        check -> check.rule().pattern(),
                        check -> check.rule().required())
                .startsWith(
                        tuple(Rule.Aspect.ISSUER, false, Policies.ISSUER),
                        tuple(Rule.Aspect.SUBJECT, false, "other"),
                        tuple(Rule.Aspect.AUDIENCE, true, "aud.*"));
    }

    @Test
    void the_checks_of_a_decision_cannot_be_changed() {
        Decision decision = Policies.valid(Policies.ACCEPTED).evaluate(Policies.token(), Policies.DOMAIN);

        assertThat(decision.checks()).isUnmodifiable();
    }

    @Test
    void gives_what_the_file_says() {
        TrustPolicy policy = Policies.valid(Policies.readOrganization(
                Policies.HEAD + "permissions: {contents: write, actions: read}\nrepositories: [b, a]\n"));

        assertThat(policy.grant().permissions())
                .containsExactly(Map.entry("actions", Level.READ), Map.entry("contents", Level.WRITE));
        assertThat(policy.grant().repositories()).containsExactly("b", "a");
        assertThat(policy.evaluate(Policies.token(), Policies.DOMAIN))
                .isInstanceOfSatisfying(
                        Permit.class, permit -> assertThat(permit.grant()).isEqualTo(policy.grant()));
    }

    @Test
    void decisions_can_be_printed() {
        TrustPolicy policy = Policies.valid(Policies.ACCEPTED);

        assertThat(policy.evaluate(Policies.token(), Policies.DOMAIN))
                .asString()
                .startsWith("Permit[");
        assertThat(policy.evaluate(Policies.token(Map.of("sub", "x")), Policies.DOMAIN))
                .hasToString("Deny[trust policy: subject \"x\" did not match \"sub-ok\"]");
    }

    @Test
    void weighs_more_the_more_it_holds() {
        TrustPolicy small = Policies.valid(Policies.ACCEPTED);
        TrustPolicy commented = Policies.valid(Policies.ACCEPTED + "# " + "x".repeat(100_000));
        TrustPolicy patterned = Policies.valid(Policies.ACCEPTED + "claim_pattern: {a: '(?i)x{990}'}");

        assertThat(small.weight()).isBetween(500, 5_000);
        assertThat(commented.weight()).isGreaterThan(100_000);
        assertThat(patterned.weight()).isGreaterThan(small.weight() + 100_000);
    }
}
