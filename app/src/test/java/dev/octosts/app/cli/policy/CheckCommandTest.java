package dev.octosts.app.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.probers.JsonObjects;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckCommandTest extends PolicyTest {

    @Test
    void says_nothing_of_a_policy_without_fault() throws IOException {
        write("ci.sts.yaml", CLEAN);

        assertThat(check("ci.sts.yaml")).isEqualTo(new Result(0, "1 file checked: nothing to say\n", ""));
    }

    @Test
    void shows_the_line_and_points_at_the_place() throws IOException {
        write("ci.sts.yaml", WRONG);

        assertThat(check("ci.sts.yaml")).isEqualTo(new Result(1, """
                ci.sts.yaml:4:3: error STS012: unknown permission "pull-requests"; did you mean pull_requests?
                    4 |   pull-requests: write
                      |   ^^^^^^^^^^^^^
                1 file checked: 1 error, 0 warnings, 0 hints; --fix can fix 1
                """, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"STS012", "sts012", "12"})
    void explains_a_code(String code) {
        assertThat(check("--explain", code)).isEqualTo(new Result(0, """
                STS012 (error): GitHub has no such permission
                https://github.com/octo-sts/octo-sts-java/blob/main/docs/diagnostics.md#sts012

                wrong, example.sts.yaml:
                  issuer: https://token.actions.githubusercontent.com
                  subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main
                  permissions:
                    pull-requests: write
                what is said about it:
                  4:3 unknown permission "pull-requests"; did you mean pull_requests?
                right, example.sts.yaml:
                  issuer: https://token.actions.githubusercontent.com
                  subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main
                  permissions:
                    pull_requests: write
                """, ""));
    }

    @ParameterizedTest
    @EnumSource(DiagnosticCode.class)
    void explains_every_code_to_people_and_programs(DiagnosticCode code) {
        assertThat(check("--explain", code.id()).out())
                .contains(code.title(), "#" + code.id().toLowerCase(Locale.ROOT));
        assertThat(JsonObjects.object(check("--explain", code.id(), "--json").out()))
                .hasValueSatisfying(json -> assertThat(json.getString("code")).isEqualTo(code.id()));
    }

    @Test
    void knows_the_codes_that_there_are() {
        assertThat(check("--explain", "STS999").err())
                .isEqualTo(
                        "octo-sts: --explain: there is no code 'STS999'; codes are STS001 to STS080; see 'check --help'\n");
        assertThat(check("--explain", "ST040").err())
                .isEqualTo("octo-sts: --explain: there is no code 'ST040'; did you mean STS040? see 'check --help'\n");
    }

    @Test
    void links_codes_where_the_terminal_can() throws IOException {
        write("ci.sts.yaml", WRONG);

        var result = call(CheckCommand::new, Map.of("FORCE_HYPERLINK", "1"), "", "ci.sts.yaml");

        assertThat(result.out())
                .startsWith("ci.sts.yaml:4:3: error \u001b]8;;https://github.com/octo-sts/octo-sts-java/blob/main/docs/"
                        + "diagnostics.md#sts012\u001b\\STS012\u001b]8;;\u001b\\: unknown permission");
    }

    @Test
    void needs_a_path() {
        assertThat(check())
                .isEqualTo(new Result(
                        2,
                        "",
                        "octo-sts: PATH is missing: a policy, or a folder with policies such as .github/chainguard;"
                                + " see 'check --help'\n"));
    }

    @Test
    void reports_to_programs_by_the_short_name_too() throws IOException {
        write("ci.sts.yaml", WRONG);

        assertThat(check("--json", "ci.sts.yaml")).isEqualTo(check("--format=json", "ci.sts.yaml"));
    }

    @Test
    void repeats_no_token_that_is_given_as_a_path() {
        assertThat(check("eyJhbGciOiJSUzI1NiJ9.e30.c2ln").err())
                .isEqualTo("octo-sts: (not shown: it looks like a token): there is no such file or folder\n");
    }

    @Test
    void fails_on_warnings_when_it_is_strict() throws IOException {
        write("ci.sts.yaml", DANGEROUS);

        assertThat(check("ci.sts.yaml").status()).isZero();
        assertThat(check("ci.sts.yaml").out()).contains("warning STS049");
        assertThat(check("--strict", "ci.sts.yaml").status()).isEqualTo(1);
    }

    @Test
    void holds_policies_against_what_the_organization_says() throws IOException {
        write("ci.sts.yaml", CLEAN);
        write("rails.yaml", "max_permissions: {issues: read}\n");
        write("trusted.yaml", "issuers: [https://gitlab.com]\n");
        write("audit.yaml", "mode: audit\nmax_permissions: {issues: read}\n");

        assertThat(check("--guardrails=rails.yaml", "ci.sts.yaml"))
                .satisfies(result -> assertThat(result.status()).isEqualTo(1))
                .satisfies(
                        result -> assertThat(result.out())
                                .contains(
                                        "error STS039: the organization's max_permissions does not allow this: contents: read (not allowed at all)"));
        assertThat(check("--trusted-issuers=trusted.yaml", "ci.sts.yaml"))
                .satisfies(result -> assertThat(result.status()).isEqualTo(1))
                .satisfies(
                        result -> assertThat(result.out()).contains("error STS038: the organization does not trust"));
        assertThat(check("--guardrails=audit.yaml", "ci.sts.yaml"))
                .satisfies(result -> assertThat(result.status()).isZero())
                .satisfies(result -> assertThat(result.out()).contains("warning STS064"));
    }

    @Test
    void fails_on_warnings_when_the_guard_rails_say_so() throws IOException {
        write("ci.sts.yaml", DANGEROUS);
        write("rails.yaml", "warnings: deny\noverrides: [{repositories: [sandbox-*], warnings: allow}]\n");
        write("audit.yaml", "mode: audit\nwarnings: deny\n");

        assertThat(check("--guardrails=rails.yaml", "--repo=octo-org/octo-repo", "ci.sts.yaml"))
                .satisfies(result -> assertThat(result.status()).isEqualTo(1))
                .satisfies(result -> assertThat(result.out())
                        .contains("warning STS049", "error STS039: the organization's guard rails allow no warnings"));
        assertThat(check("--guardrails=rails.yaml", "--repo=octo-org/sandbox-1", "ci.sts.yaml")
                        .status())
                .isZero();
        assertThat(check("--guardrails=audit.yaml", "--repo=octo-org/octo-repo", "ci.sts.yaml"))
                .satisfies(result -> assertThat(result.status()).isZero())
                .satisfies(result -> assertThat(result.out())
                        .contains("warning STS064: the organization's guard rails allow no warnings"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--guardrails=nowhere.yaml .",
                "--trusted-issuers=nowhere.yaml .",
                "nowhere.sts.yaml",
                "--format=xml .",
                "--fix=everything .",
                "--diff --format=json .",
                "--live .",
                "--live --github-url=http://ghe.example .",
                "--frobnicate .",
                "--org=octo/org .",
                "--repo=a/b/c .",
                "--org --repo .",
                "--org=octo-org --repo=other/octo-repo ."
            })
    void says_what_is_wrong_with_its_arguments(String arguments) {
        var result = check(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isNotBlank();
    }

    @Test
    void leaves_the_terminal_alone() throws IOException {
        var name = "a\u001b[31m\u202e.sts.yaml";
        write(name, "issuer: \"\\e]0;x\\a\"\nsubject: 'x' # \u001b[2J\u009b\n" + GRANT);

        assertThat(check(".").out())
                .contains("a\\u001b[31m\\u202e.sts.yaml")
                .doesNotContain("\u001b", "\u009b", "\u202e");
    }
}
