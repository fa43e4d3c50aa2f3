package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.octosts.policy.Decision.Deny;
import dev.octosts.policy.Decision.Permit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class TrustPolicyTest {
    static final List<Arguments> PERMITTED = List.of(
            policy("").token(Map.of()),
            policy("")
                    .without("issuer")
                    .with("issuer_pattern: https://issuer\\.example/(main|other)")
                    .token(Map.of()),
            policy("").without("issuer").with("issuer_pattern: .*").token(Map.of()),
            policy("").without("subject").with("subject_pattern: '[0-9]{10}'").token(Map.of("sub", "1234567890")),
            policy("").without("subject").with("subject_pattern: ^(123|456)$").token(Map.of("sub", "456")),
            policy("")
                    .without("subject")
                    .with("subject_pattern: repo:octo-org/[a-z-]+:ref:refs/(heads|tags)/.*")
                    .token(Map.of("sub", "repo:octo-org/octo-repo:ref:refs/heads/main")),
            policy("").without("subject").with("subject_pattern: good-a|good-b").token(Map.of("sub", "good-b")),
            policy("").token(Map.of("aud", List.of("a", Policies.DOMAIN, "b"))),
            policy("audience: my-aud").token(Map.of("aud", "my-aud")),
            policy("audience: my-aud").token(Map.of("aud", List.of("x", "my-aud"))),
            policy("audience: ''").token(Map.of()),
            policy("audience_pattern: (octo|nona)-sts\\.dev")
                    .token(Map.of("aud", List.of("deka-sts.dev", "nona-sts.dev"))),
            claim("email", ".*@example\\.com").token(Map.of("email", "test@example.com")),
            claim("email_verified", "'true'").token(Map.of("email_verified", true)),
            claim("email_verified", "true").token(Map.of("email_verified", true)),
            claim("email_verified", "false").token(Map.of("email_verified", false)),
            claim("email_verified", "true").token(Map.of("email_verified", "true")),
            claim("n", ".*").token(Map.of("n", "x")),
            claim("e", "''").token(Map.of("e", "")),
            claim("iss", "https://.*").token(Map.of()),
            claim("kubernetes.io", ".*").token(Map.of("kubernetes.io", "x")),
            claim("ref", "a.b").token(Map.of("ref", "a\rb")),
            claim("ref", "a.b").token(Map.of("ref", "a\u2028b")),
            claim("ref", "a.b").token(Map.of("ref", "a\ud83d\ude00b")));

    static final List<Arguments> DENIED = List.of(
            policy("")
                    .token(
                            Map.of("iss", "https://other.example"),
                            "issuer \"https://other.example\" did not match \"https://issuer.example/main\""),
            policy("")
                    .token(
                            Map.of("iss", Policies.ISSUER + "/"),
                            "issuer \"https://issuer.example/main/\" did not match \"https://issuer.example/main\""),
            policy("")
                    .without("issuer")
                    .with("issuer_pattern: https://(a|b)\\.example")
                    .token(
                            Map.of(),
                            "issuer \"https://issuer.example/main\" did not match pattern \"https://(a|b)\\\\.example\""),
            policy("")
                    .without("issuer")
                    .with("issuer_pattern: https://issuer\\.example")
                    .token(
                            Map.of(),
                            "issuer \"https://issuer.example/main\" did not match pattern \"https://issuer\\\\.example\""),
            policy("")
                    .without("issuer")
                    .with("issuer_pattern: https://issuer|https://b\\.example")
                    .token(
                            Map.of(),
                            "issuer \"https://issuer.example/main\" did not match pattern "
                                    + "\"https://issuer|https://b\\\\.example\""),
            policy("").token(Map.of("sub", "sub-ok2"), "subject \"sub-ok2\" did not match \"sub-ok\""),
            policy("").token(Map.of("sub", "SUB-OK"), "subject \"SUB-OK\" did not match \"sub-ok\""),
            policy("")
                    .without("subject")
                    .with("subject: sub-.*")
                    .token(Map.of(), "subject \"sub-ok\" did not match \"sub-.*\""),
            subject("'[0-9]{10}'").token(Map.of("sub", "blah"), "subject \"blah\" did not match pattern \"[0-9]{10}\""),
            subject("(123|456)")
                    .token(Map.of("sub", "123999"), "subject \"123999\" did not match pattern \"(123|456)\""),
            subject("'123'").token(Map.of("sub", "0123"), "subject \"0123\" did not match pattern \"123\""),
            subject("^(123|456)$")
                    .token(Map.of("sub", "123999"), "subject \"123999\" did not match pattern \"^(123|456)$\""),
            subject("good-a|good-b")
                    .token(
                            Map.of("sub", "good-a-evil"),
                            "subject \"good-a-evil\" did not match pattern \"good-a|good-b\""),
            subject("good-a|good-b")
                    .token(
                            Map.of("sub", "evil-good-b"),
                            "subject \"evil-good-b\" did not match pattern \"good-a|good-b\""),
            policy("").token(Map.of("aud", "other"), "audience \"sts.example\" did not match any of [\"other\"]"),
            policy("").token(Map.of("aud", List.of()), "audience \"sts.example\" did not match any of []"),
            policy("")
                    .token(
                            Map.of("aud", "https://sts.example"),
                            "audience \"sts.example\" did not match any of [\"https://sts.example\"]"),
            policy("")
                    .token(
                            Map.of("aud", "STS.EXAMPLE"),
                            "audience \"sts.example\" did not match any of [\"STS.EXAMPLE\"]"),
            policy("audience: my-aud").token(Map.of(), "audience \"my-aud\" did not match any of [\"sts.example\"]"),
            policy("audience: my-aud")
                    .token(Map.of("aud", List.of("x", "y")), "audience \"my-aud\" did not match any of [\"x\" \"y\"]"),
            policy("audience_pattern: octo-sts\\.com")
                    .token(
                            Map.of("aud", List.of("octo-sts.dev", "octo-sts.co")),
                            "audience_pattern \"octo-sts\\\\.com\" did not match any of [\"octo-sts.dev\" \"octo-sts.co\"]"),
            policy("audience_pattern: .*")
                    .token(Map.of("aud", List.of()), "audience_pattern \".*\" did not match any of []"),
            policy("audience_pattern: aa|bb")
                    .token(Map.of("aud", "aa-more"), "audience_pattern \"aa|bb\" did not match any of [\"aa-more\"]"),
            claim("email", ".*@example.com")
                    .token(Map.of("email", "test@example.dev"), "claim \"email\" did not match \"^.*@example.com$\""),
            claim("email", ".*").token(Map.of(), "expected claim \"email\" not found in token"),
            claim("nope", "(.*)?").token(Map.of(), "expected claim \"nope\" not found in token"),
            claim("Email", ".*").token(Map.of("email", "a"), "expected claim \"Email\" not found in token"),
            claim("a.b", ".*").token(Map.of("a", Map.of("b", "x")), "expected claim \"a.b\" not found in token"),
            claim("verified", "true").token(Map.of("verified", false), "claim \"verified\" did not match \"^true$\""),
            claim("age", "\\d+").token(Map.of("age", 21), "expected claim \"age\" not a string"),
            claim("groups", ".*").token(Map.of("groups", List.of("a")), "expected claim \"groups\" not a string"),
            claim("o", ".*").token(Map.of("o", Map.of("a", 1)), "expected claim \"o\" not a string"),
            claim("exp", ".*").token(Map.of(), "expected claim \"exp\" not a string"),
            claim("e", "''").token(Map.of("e", "x"), "claim \"e\" did not match \"^$\""),
            claim("ref", "main").token(Map.of("ref", "main\n"), "claim \"ref\" did not match \"^main$\""),
            claim("ref", "main").token(Map.of("ref", "main\nevil"), "claim \"ref\" did not match \"^main$\""),
            claim("ref", "(?m)main").token(Map.of("ref", "main\nevil"), "claim \"ref\" did not match \"^(?m)main$\""),
            claim("ref", "m.*").token(Map.of("ref", "m\nx"), "claim \"ref\" did not match \"^m.*$\""),
            claim("ref", "main|dev").token(Map.of("ref", "main-evil"), "claim \"ref\" did not match \"^main|dev$\""),
            claim("ref", "^main$").token(Map.of("ref", "dev"), "claim \"ref\" did not match \"^^main$$\""),
            policy("audience: yy")
                    .token(
                            Map.of("iss", "https://o.example", "sub", "zz"),
                            "issuer \"https://o.example\" did not match \"https://issuer.example/main\""),
            policy("audience: yy").token(Map.of("sub", "zz"), "subject \"zz\" did not match \"sub-ok\""),
            policy("audience: yy\nclaim_pattern: {x: y}")
                    .token(Map.of(), "audience \"yy\" did not match any of [\"sts.example\"]"),
            policy("claim_pattern: {b: x, a: y}").token(Map.of("a", "z"), "expected claim \"b\" not found in token"));

    static final List<Arguments> RECOGNIZED = List.of(
            Arguments.of("", Map.of(), true),
            Arguments.of("audience: another", Map.of(), true),
            Arguments.of("claim_pattern: {ref: main}", Map.of(), true),
            Arguments.of("", Map.of("sub", "sub-ok2"), false),
            Arguments.of("", Map.of("iss", "https://other.example"), false));

    @ParameterizedTest
    @FieldSource("RECOGNIZED")
    void recognizes_the_callers_it_was_written_for(String more, Map<String, ?> changed, boolean recognized) {
        TrustPolicy policy = Policies.valid(Policies.ACCEPTED + more + "\n");
        assertThat(policy.evaluate(Policies.token(changed), "sts.example").recognizesCaller())
                .isEqualTo(recognized);
    }

    @ParameterizedTest
    @FieldSource("PERMITTED")
    void permits(String file, Map<String, Object> changed) {
        Decision decision = Policies.valid(file).evaluate(Policies.token(changed), Policies.DOMAIN);

        assertThat(decision).isInstanceOf(Permit.class);
        assertThat(decision.checks()).hasSizeGreaterThanOrEqualTo(3).allMatch(RuleCheck::satisfied);
        assertThat(((Permit) decision).grant().permissions()).containsExactly(Map.entry("issues", Level.WRITE));
    }

    @ParameterizedTest
    @FieldSource("DENIED")
    void denies(String file, Map<String, Object> changed, String reason) {
        Decision decision = Policies.valid(file).evaluate(Policies.token(changed), Policies.DOMAIN);

        assertThat(decision).isInstanceOfSatisfying(Deny.class, deny -> {
            assertThat(deny.message()).isEqualTo("trust policy: " + reason);
            assertThat(deny.checks().stream()
                            .filter(check -> !check.satisfied())
                            .findFirst())
                    .containsSame(deny.decisive());
        });
    }

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

    private static Row policy(String more) {
        return new Row(Policies.ACCEPTED + more + "\n");
    }

    private static Row claim(String name, String pattern) {
        return policy("claim_pattern:\n  " + name + ": " + pattern);
    }

    private static Row subject(String pattern) {
        return policy("").without("subject").with("subject_pattern: " + pattern);
    }

    /** A policy file in the making. */
    private record Row(String file) {
        Row without(String start) {
            return new Row(file.replaceAll("(?m)^" + start + ".*\n", ""));
        }

        Row with(String line) {
            return new Row(file + line + "\n");
        }

        Arguments token(Map<String, ?> changed) {
            return Arguments.of(file, changed);
        }

        Arguments token(Map<String, ?> changed, String reason) {
            return Arguments.of(file, changed, reason);
        }
    }
}
