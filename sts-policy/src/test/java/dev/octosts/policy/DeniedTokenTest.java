package dev.octosts.policy;

import static dev.octosts.policy.PolicyRow.claim;
import static dev.octosts.policy.PolicyRow.policy;
import static dev.octosts.policy.PolicyRow.subject;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.Decision.Deny;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class DeniedTokenTest {

    static final List<Arguments> DENIED = List.of(
            policy("")
                    .token(
                            "another issuer",
                            Map.of("iss", "https://other.example"),
                            "issuer \"https://other.example\" did not match \"https://issuer.example/main\""),
            policy("")
                    .token(
                            "an issuer with a slash at its end",
                            Map.of("iss", Policies.ISSUER + "/"),
                            "issuer \"https://issuer.example/main/\" did not match \"https://issuer.example/main\""),
            policy("")
                    .without("issuer")
                    .with("issuer_pattern: https://(a|b)\\.example")
                    .token(
                            "an issuer that does not match its pattern",
                            Map.of(),
                            "issuer \"https://issuer.example/main\" did not match pattern \"https://(a|b)\\\\.example\""),
            policy("")
                    .without("issuer")
                    .with("issuer_pattern: https://issuer\\.example")
                    .token(
                            "an issuer of which the pattern matches the start alone",
                            Map.of(),
                            "issuer \"https://issuer.example/main\" did not match pattern \"https://issuer\\\\.example\""),
            policy("")
                    .without("issuer")
                    .with("issuer_pattern: https://issuer|https://b\\.example")
                    .token(
                            "an issuer of which an alternative matches the start alone",
                            Map.of(),
                            "issuer \"https://issuer.example/main\" did not match pattern "
                                    + "\"https://issuer|https://b\\\\.example\""),
            policy("")
                    .token(
                            "a subject with a character at its end",
                            Map.of("sub", "sub-ok2"),
                            "subject \"sub-ok2\" did not match \"sub-ok\""),
            policy("")
                    .token(
                            "a subject in capitals",
                            Map.of("sub", "SUB-OK"),
                            "subject \"SUB-OK\" did not match \"sub-ok\""),
            policy("")
                    .without("subject")
                    .with("subject: sub-.*")
                    .token(
                            "a pattern in the place of a subject",
                            Map.of(),
                            "subject \"sub-ok\" did not match \"sub-.*\""),
            subject("'[0-9]{10}'")
                    .token(
                            "a subject that does not match its pattern",
                            Map.of("sub", "blah"),
                            "subject \"blah\" did not match pattern \"[0-9]{10}\""),
            subject("(123|456)")
                    .token(
                            "a subject of which a group matches the start alone",
                            Map.of("sub", "123999"),
                            "subject \"123999\" did not match pattern \"(123|456)\""),
            subject("'123'")
                    .token(
                            "a number with a zero before it",
                            Map.of("sub", "0123"),
                            "subject \"0123\" did not match pattern \"123\""),
            subject("^(123|456)$")
                    .token(
                            "a subject of which a group with anchors matches the start alone",
                            Map.of("sub", "123999"),
                            "subject \"123999\" did not match pattern \"^(123|456)$\""),
            subject("good-a|good-b")
                    .token(
                            "a subject of which the first alternative matches the start alone",
                            Map.of("sub", "good-a-evil"),
                            "subject \"good-a-evil\" did not match pattern \"good-a|good-b\""),
            subject("good-a|good-b")
                    .token(
                            "a subject of which the last alternative matches the end alone",
                            Map.of("sub", "evil-good-b"),
                            "subject \"evil-good-b\" did not match pattern \"good-a|good-b\""),
            policy("")
                    .token(
                            "another audience",
                            Map.of("aud", "other"),
                            "audience \"sts.example\" did not match any of [\"other\"]"),
            policy("")
                    .token("no audience", Map.of("aud", List.of()), "audience \"sts.example\" did not match any of []"),
            policy("")
                    .token(
                            "an address in the place of the domain",
                            Map.of("aud", "https://sts.example"),
                            "audience \"sts.example\" did not match any of [\"https://sts.example\"]"),
            policy("")
                    .token(
                            "the domain in capitals",
                            Map.of("aud", "STS.EXAMPLE"),
                            "audience \"sts.example\" did not match any of [\"STS.EXAMPLE\"]"),
            policy("audience: my-aud")
                    .token(
                            "the domain although the policy has an audience of its own",
                            Map.of(),
                            "audience \"my-aud\" did not match any of [\"sts.example\"]"),
            policy("audience: my-aud")
                    .token(
                            "several other audiences",
                            Map.of("aud", List.of("x", "y")),
                            "audience \"my-aud\" did not match any of [\"x\" \"y\"]"),
            policy("audience_pattern: octo-sts\\.com")
                    .token(
                            "several audiences that do not match the pattern",
                            Map.of("aud", List.of("octo-sts.dev", "octo-sts.co")),
                            "audience_pattern \"octo-sts\\\\.com\" did not match any of [\"octo-sts.dev\" \"octo-sts.co\"]"),
            policy("audience_pattern: .*")
                    .token(
                            "no audience for a pattern that matches all",
                            Map.of("aud", List.of()),
                            "audience_pattern \".*\" did not match any of []"),
            policy("audience_pattern: aa|bb")
                    .token(
                            "an audience of which an alternative matches the start alone",
                            Map.of("aud", "aa-more"),
                            "audience_pattern \"aa|bb\" did not match any of [\"aa-more\"]"),
            claim("email", ".*@example.com")
                    .token(
                            "a claim that does not match its pattern",
                            Map.of("email", "test@example.dev"),
                            "claim \"email\" did not match \"^.*@example.com$\""),
            claim("email", ".*").token("an absent claim", Map.of(), "expected claim \"email\" not found in token"),
            claim("nope", "(.*)?")
                    .token(
                            "an absent claim for a pattern that matches nothing",
                            Map.of(),
                            "expected claim \"nope\" not found in token"),
            claim("Email", ".*")
                    .token(
                            "a claim whose name differs in a capital",
                            Map.of("email", "a"),
                            "expected claim \"Email\" not found in token"),
            claim("a.b", ".*")
                    .token(
                            "a claim inside an object",
                            Map.of("a", Map.of("b", "x")),
                            "expected claim \"a.b\" not found in token"),
            claim("verified", "true")
                    .token(
                            "false in the place of true",
                            Map.of("verified", false),
                            "claim \"verified\" did not match \"^true$\""),
            claim("age", "\\d+").token("a number as a claim", Map.of("age", 21), "expected claim \"age\" not a string"),
            claim("groups", ".*")
                    .token(
                            "a list as a claim",
                            Map.of("groups", List.of("a")),
                            "expected claim \"groups\" not a string"),
            claim("o", ".*")
                    .token("an object as a claim", Map.of("o", Map.of("a", 1)), "expected claim \"o\" not a string"),
            claim("exp", ".*").token("a time as a claim", Map.of(), "expected claim \"exp\" not a string"),
            claim("e", "''")
                    .token("a value for an empty pattern", Map.of("e", "x"), "claim \"e\" did not match \"^$\""),
            claim("ref", "main")
                    .token("a line feed at the end", Map.of("ref", "main\n"), "claim \"ref\" did not match \"^main$\""),
            claim("ref", "main")
                    .token("a second line", Map.of("ref", "main\nevil"), "claim \"ref\" did not match \"^main$\""),
            claim("ref", "(?m)main")
                    .token(
                            "a second line for a pattern of several lines",
                            Map.of("ref", "main\nevil"),
                            "claim \"ref\" did not match \"^(?m)main$\""),
            claim("ref", "m.*")
                    .token("a line feed for a dot", Map.of("ref", "m\nx"), "claim \"ref\" did not match \"^m.*$\""),
            claim("ref", "main|dev")
                    .token(
                            "a claim of which an alternative matches the start alone",
                            Map.of("ref", "main-evil"),
                            "claim \"ref\" did not match \"^main|dev$\""),
            claim("ref", "^main$")
                    .token(
                            "another value for a pattern with anchors",
                            Map.of("ref", "dev"),
                            "claim \"ref\" did not match \"^^main$$\""),
            policy("audience: yy")
                    .token(
                            "another issuer and another subject: the issuer is named",
                            Map.of("iss", "https://o.example", "sub", "zz"),
                            "issuer \"https://o.example\" did not match \"https://issuer.example/main\""),
            policy("audience: yy")
                    .token(
                            "another subject and another audience: the subject is named",
                            Map.of("sub", "zz"),
                            "subject \"zz\" did not match \"sub-ok\""),
            policy("audience: yy\nclaim_pattern: {x: y}")
                    .token(
                            "another audience and an absent claim: the audience is named",
                            Map.of(),
                            "audience \"yy\" did not match any of [\"sts.example\"]"),
            policy("claim_pattern: {b: x, a: y}")
                    .token(
                            "two claims: the first in the policy is named",
                            Map.of("a", "z"),
                            "expected claim \"b\" not found in token"));

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
}
