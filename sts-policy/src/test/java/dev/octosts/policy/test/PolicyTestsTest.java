package dev.octosts.policy.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.lint.Linting;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PolicyTestsTest {
    private static final String CLAIMS =
            "{iss: https://i.example, sub: me, aud: sts.example, protected: true, list: [a], id: '7'}";
    private static final String POLICY = """
            issuer: https://i.example
            subject: me
            claim_pattern:
              protected: "true"
            permissions:
              contents: read
              issues: write
            repositories: [a, b]
            """;

    static final String[][] RESULTS = {
        {"{permissions: {contents: read, issues: write}}", ""},
        {"{permissions: {contents: read, issues: write}, repositories: [b, a]}", ""},
        {"{permissions: {contents: read}}", "expected the permissions {contents=read}, granted are"},
        {
            "{permissions: {contents: read, issues: write}, repositories: [a]}",
            "expected the repositories [a], granted are [a, b]"
        },
        {"{denied: subject}", "expected a refusal, but the token is accepted"},
        {"{diagnostic: STS012}", "expected the diagnostic STS012, found ["},
    };

    static final String[][] INCOMPLETE = {
        {"tests: []", "the file has no tests; write a list below tests:"},
        {"tests: [{name: a, expect: {denied: any}}]", "the test \"a\" has no claims"},
        {"tests: [{claims: {iss: x}, expect: {denied: any}}]", "a test has no name"},
        {"tests: [{name: a, claims: {iss: x}, expect: {}}]", "must expect one of permissions, denied, diagnostic"},
        {"tests: [{name: a, claim: {iss: x}, expect: {denied: any}}]", "unknown key \"claim\"; did you mean claims?"},
        {"test: []", "unknown key \"test\"; did you mean tests?"},
        {"- x", "the file must be a mapping with domain, tests"},
        {"tests: [", "not YAML"},
        {"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b, !foo x]", "the tag \"!foo\" is not supported"},
        {"a: &a [*a]", "aliases ask for more values"},
    };

    /** A file with three sound tests, and what one change of it makes wrong, where. */
    static final String[][] PLACES = {
        {"tests:", "test:", "1:1 the file has the unknown key \"test\"; did you mean tests?"},
        {"  - name: first", "  - title: first", "2:5 a test has no name"},
        {"name: second", "nam: second", "5:5 a test has the unknown key \"nam\"; did you mean name?"},
        {"    claims: {iss: b, sub: b}\n", "", "5:5 the test \"second\" has no claims"},
        {"claims: {iss: b, sub: b}", "claims: none", "6:5 the test \"second\" has no claims"},
        {"expect: {denied: any}", "expect: any", "7:13 expect of \"second\" must be a mapping with"},
        {"expect: {denied: any}", "expect: {}", "7:5 the test \"second\" must expect one of"},
        {"{denied: any}", "{refused: any}", "7:14 expect of \"second\" has the unknown key \"refused\""},
        {"  - name: third", "  - third", "2:3 a test must be a mapping with"},
    };

    @ParameterizedTest
    @FieldSource("PLACES")
    void points_to_the_line_that_is_wrong(String written, String instead, String found) {
        String sound = """
                tests:
                  - name: first
                    claims: {iss: a, sub: a}
                    expect: {denied: subject}
                  - name: second
                    claims: {iss: b, sub: b}
                    expect: {denied: any}
                """;
        String file = (instead.endsWith("third") ? sound + "  - name: third\n" : sound).replace(written, instead);

        assertThat(PolicyTests.read(Linting.bytes(sound))).isInstanceOf(PolicyTests.TestsReading.Valid.class);
        assertThat(PolicyTests.read(Linting.bytes(file)))
                .isInstanceOfSatisfying(
                        PolicyTests.TestsReading.Invalid.class,
                        invalid -> assertThat(invalid.faults())
                                .extracting(fault -> fault.line() + ":" + fault.column() + " " + fault.message())
                                .anySatisfy(fault -> assertThat(fault).startsWith(found)));
    }

    @ParameterizedTest
    @FieldSource("RESULTS")
    void compares_what_is_expected_with_what_is_granted(String expected, String message) {
        PolicyTests.Result result =
                run("tests: [{name: it, claims: " + CLAIMS + ", expect: " + expected + "}]", POLICY);

        assertThat(result.name()).isEqualTo("it");
        assertThat(result.passed()).isEqualTo(message.isEmpty());
        assertThat(result.message()).startsWith(message);
    }

    @Test
    void a_refusal_names_the_rule() {
        String test =
                "tests: [{name: it, claims: {iss: https://i.example, sub: you, aud: sts.example}, expect: {denied: %s}}]";

        assertThat(run(test.formatted("subject"), POLICY).passed()).isTrue();
        assertThat(run(test.formatted("protected"), POLICY).passed()).isTrue();
        assertThat(run(test.formatted("any"), POLICY).passed()).isTrue();
        assertThat(run(test.formatted("issuer"), POLICY).message())
                .startsWith("expected issuer to refuse, but: subject: ");
    }

    @Test
    void the_file_may_name_the_domain() {
        String test = "domain: other\ntests: [{name: it, claims: " + CLAIMS + ", expect: {denied: audience}}]";

        assertThat(run(test, POLICY).passed()).isTrue();
    }

    @Test
    void a_policy_that_is_refused_fails_its_tests() {
        assertThat(run("tests: [{name: it, claims: " + CLAIMS + ", expect: {denied: any}}]", "issuer: x\n")
                        .message())
                .startsWith("the policy is refused: ");
    }

    @ParameterizedTest
    @FieldSource("INCOMPLETE")
    void says_what_is_missing(String file, String message) {
        assertThat(PolicyTests.read(Linting.bytes(file)))
                .isInstanceOfSatisfying(
                        PolicyTests.TestsReading.Invalid.class,
                        invalid -> assertThat(invalid.faults())
                                .anySatisfy(fault -> assertThat(fault.message()).contains(message)));
    }

    private static PolicyTests.Result run(String tests, String policy) {
        assertThat(PolicyTests.read(Linting.bytes(tests))).isInstanceOf(PolicyTests.TestsReading.Valid.class);
        var valid = (PolicyTests.TestsReading.Valid) PolicyTests.read(Linting.bytes(tests));
        List<PolicyTests.Result> results =
                valid.tests().run(Linting.bytes(policy), Linting.organization(), "sts.example");
        assertThat(results).hasSize(1);
        return results.getFirst();
    }
}
