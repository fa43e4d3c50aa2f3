package dev.octosts.probers.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.probers.smoke.SmokeSuite.Expectation;
import dev.octosts.probers.smoke.SmokeSuite.Read;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmokeFileTest {

    private static final String COMPLETE = """
            # of an existing set-up
            domain: sts.example.com
            tests:
              - name: reads
                scope: octo-org/octo-repo
                identity: smoke
                verify:
                  contents_read: {org: octo-org, repo: octo-repo, path: README.md}
                  issues_read: {org: octo-org, repo: octo-repo}
                  pull_requests_read:
                    org: octo-org
                    repo: octo-repo
              - name: unknown
                scope: octo-org/octo-repo
                identity: nope
                expect_failure: true
                expected_error: "code = NotFound"
              - {name: any error, scope: octo-org, identity: 12, expect_failure: true}
              - name: sticky
                scope: octo-org/octo-repo
                identity: checks
                sticky_repeat: 3
            """;

    @Test
    void reads_a_file_of_an_existing_set_up() {
        assertThat(SmokeFile.read(COMPLETE)).isInstanceOfSatisfying(SmokeFile.Outcome.Sound.class, it -> {
            assertThat(it.suite().domain()).isEqualTo("sts.example.com");
            assertThat(it.suite().tests())
                    .containsExactly(
                            new SmokeSuite.Test(
                                    "reads",
                                    "octo-org/octo-repo",
                                    "smoke",
                                    new Expectation.Granted(List.of(
                                            new Read.Contents("octo-org", "octo-repo", "README.md"),
                                            new Read.Issues("octo-org", "octo-repo"),
                                            new Read.PullRequests("octo-org", "octo-repo")))),
                            new SmokeSuite.Test(
                                    "unknown",
                                    "octo-org/octo-repo",
                                    "nope",
                                    new Expectation.Refused(Optional.of("code = NotFound"))),
                            new SmokeSuite.Test(
                                    "any error", "octo-org", "12", new Expectation.Refused(Optional.empty())),
                            new SmokeSuite.Test("sticky", "octo-org/octo-repo", "checks", new Expectation.Sticky(3)));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "domain: sts.example.com\\n           | unknown: 1            | there is no 'unknown'",
                "domain: sts.example.com\\n           | domain: x             | 'domain' is there twice",
                "domain: sts.example.com\\n           |                       | 'domain' is missing",
                "domain: sts.example.com\\n           | domain: https://x/y   | this is not a host name",
                "'  - name: sticky'                   | '  - nam: sticky'     | there is no 'nam'",
                "'    identity: checks\\n'            | ''                    | 'identity' is missing",
                "'    identity: checks\\n'            | '    identity: {}\\n' | a text is wanted here",
                "sticky_repeat: 3                     | sticky_repeat: 1      | one exchange proves nothing",
                "sticky_repeat: 3                     | sticky_repeat: many   | give a number",
                "expect_failure: true\\n              | expect_failure: yes\\n | give true or false",
                "', path: README.md'                  | ''                    | 'path' is missing",
                "domain: sts.example.com\\n           | {                     | not YAML",
            })
    void names_the_fault_and_its_line(String part, String instead, String fault) {
        var old = part.replace("\\n", "\n");
        var changed = instead == null ? "" : instead.replace("\\n", "\n");
        assertThat(COMPLETE).contains(old);
        var text = changed.startsWith("domain: x") || changed.startsWith("unknown")
                ? COMPLETE.replace(old, old + changed + "\n")
                : COMPLETE.replace(old, changed.startsWith("domain") ? changed + "\n" : changed);
        assertThat(SmokeFile.read(text))
                .isInstanceOfSatisfying(
                        SmokeFile.Outcome.Faulty.class,
                        it -> assertThat(it.faults())
                                .anySatisfy(found ->
                                        assertThat(found).contains(fault).contains("line ")));
    }

    @ParameterizedTest
    @CsvSource({"''", "[]", "text", "domain: a", "'domain: a\ntests: []'", "'domain: a\ntests: {}'"})
    void refuses_a_file_without_tests(String text) {
        assertThat(SmokeFile.read(text))
                .isInstanceOfSatisfying(
                        SmokeFile.Outcome.Faulty.class,
                        it -> assertThat(it.faults())
                                .anySatisfy(fault -> assertThat(fault).contains("tests")));
    }

    @Test
    void bounds_what_it_reads() {
        assertThat(SmokeFile.read(" ".repeat(SmokeFile.LIMIT + 1))).isInstanceOf(SmokeFile.Outcome.Faulty.class);
        assertThat(SmokeFile.read("tests: " + "[".repeat(10_000))).isInstanceOf(SmokeFile.Outcome.Faulty.class);
    }
}
