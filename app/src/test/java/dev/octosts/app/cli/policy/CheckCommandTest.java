package dev.octosts.app.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.cli.policy.report.JsonReportTest;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.probers.JsonObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void finds_in_folders_what_the_service_would_read_or_was_meant_to() throws IOException {
        write("a/" + PLACE + "ci.sts.yaml", CLEAN);
        write("a/" + PLACE + "teams/docs.sts.yaml", CLEAN);
        write("a/" + PLACE + "misnamed.yaml", CLEAN);
        write("a/" + PLACE + "README.md", "no policy");
        write("a/" + PLACE + "trusted-token-issuers.yaml", "issuers: [https://gitlab.com]\n");
        write("a/.github/workflows/ci.yaml", "on: push\n");
        write("a/drafts/release.sts.yaml", CLEAN);
        write("a/drafts/release.sts.test.yaml", "tests: []\n");
        write("a/values.yaml", "a: 1\n");
        write("a/node_modules/x/y.sts.yaml", WRONG);
        write("a/.git/y.sts.yaml", WRONG);

        var result = check("a");

        assertThat(result.out().lines().filter(line -> line.contains(": error ")))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("a/" + PLACE + "misnamed.yaml:1:1: error STS036: the file"
                                        + " \"misnamed.yaml\" is never read; rename it to misnamed.sts.yaml"),
                        line -> assertThat(line).startsWith("a/drafts/release.sts.test.yaml:1:1: error STS080: "));
        assertThat(result.out()).endsWith("6 files checked: 2 errors, 0 warnings, 0 hints\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci.sts.json", "ci.sts.yaml.txt", "ci.sts.yml.json", "ci.sts", "CI.STS.TXT"})
    void finds_policies_that_an_editor_gave_another_ending(String name) throws IOException {
        write("a/" + PLACE + name, CLEAN);
        write("a/" + PLACE + "off.sts.yaml.disabled", CLEAN);
        write("a/notes/" + name, CLEAN);

        assertThat(check("a").out())
                .contains("error STS036: the file \"%s\" is never read; rename it to %s.sts.yaml"
                        .formatted(name, name.substring(0, 2)))
                .endsWith("1 file checked: 1 error, 0 warnings, 0 hints\n");
    }

    @Test
    void says_that_there_is_nothing_below_a_folder() throws IOException {
        Files.createDirectory(folder.resolve("empty"));

        assertThat(check("empty"))
                .isEqualTo(new Result(
                        0, "0 files checked: nothing to say\n", "octo-sts: there are no policies below empty\n"));
    }

    @Test
    void looks_at_a_file_once_however_often_it_is_named() throws IOException {
        write("a/ci.sts.yaml", CLEAN);

        assertThat(check("a", "a/ci.sts.yaml", "./a/../a", folder.resolve("a").toString())
                        .out())
                .startsWith("1 file checked");
    }

    @Test
    void lets_drafts_be_called_as_they_like() throws IOException {
        write("drafts/release.yaml", CLEAN);

        assertThat(check("drafts/release.yaml").out())
                .contains("hint STS062: the service reads no file \"release.yaml\"; call it release.sts.yaml");
    }

    @Test
    void does_not_follow_links_in_folders() throws IOException {
        var outside = write("outside/ci.sts.yaml", WRONG);
        write("a/" + PLACE + "real.sts.yaml", CLEAN);
        var place = folder.resolve("a/" + PLACE);
        Files.createSymbolicLink(place.resolve("linked.sts.yaml"), outside);
        Files.createSymbolicLink(place.resolve("loop"), folder.resolve("a"));
        Files.createSymbolicLink(folder.resolve("a/out"), folder.resolve("outside"));

        var result = check("a");

        assertThat(result.out())
                .contains("linked.sts.yaml:1:1: error STS001: the service never reads a symbolic link;")
                .contains("2 files checked: 1 error")
                .doesNotContain("STS012");
        assertThat(check("a/" + PLACE + "linked.sts.yaml").out()).contains("STS001");
    }

    @Test
    void follows_a_link_that_is_named() throws IOException {
        write("real/ci.sts.yaml", WRONG);
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("link.sts.yaml"), folder.resolve("real/ci.sts.yaml"));
        Files.createSymbolicLink(folder.resolve("dangling.sts.yaml"), folder.resolve("nowhere"));

        assertThat(check("link").out()).startsWith("link/ci.sts.yaml:4:3: error STS012");
        assertThat(check("link.sts.yaml").out()).startsWith("link.sts.yaml:4:3: error STS012");
        assertThat(check("dangling.sts.yaml").out()).contains("error STS001: it is not there");
    }

    @Test
    void reads_no_more_of_a_file_than_the_service_does() throws IOException {
        try (var file =
                new java.io.RandomAccessFile(folder.resolve("big.sts.yaml").toFile(), "rw")) {
            file.setLength(5L << 30); // takes no room on the disk, and more memory than there is
        }

        assertThat(check("big.sts.yaml").out())
                .contains("error STS001: the file has 5368709120 bytes; the service reads at most 1048576");
    }

    @Test
    void leaves_the_terminal_alone() throws IOException {
        var name = "a\u001b[31m\u202e.sts.yaml";
        write(name, "issuer: \"\\e]0;x\\a\"\nsubject: 'x' # \u001b[2J\u009b\n" + GRANT);

        assertThat(check(".").out())
                .contains("a\\u001b[31m\\u202e.sts.yaml")
                .doesNotContain("\u001b", "\u009b", "\u202e");
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/octo-org/octo-repo.git, repository policy",
        "https://github.com/octo-org/.github, organization policy",
        "git@github.com:octo-org/.github.git, organization policy",
        "ssh://git@ghe.example:2222/octo-org/.github.git, organization policy",
        "/srv/git/octo-org/.github, repository policy",
    })
    void takes_a_policy_for_what_its_repository_makes_it(String remote, String kind) throws IOException {
        write("r/.git/config", "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = " + remote + "\n");
        write("r/" + PLACE + "ci.sts.yaml", CLEAN);

        assertThat(kinds("r")).containsExactly(kind);
    }

    @Test
    void finds_the_repository_of_a_worktree_and_of_a_folder_that_is_called_like_it() throws IOException {
        write("main/.git/config", "[remote \"upstream\"]\n  url = \"https://github.com/octo-org/.github\"\n");
        write("main/.git/worktrees/w/commondir", "../..\n");
        write("w/.git", "gitdir: " + folder.resolve("main/.git/worktrees/w") + "\n");
        write("w/" + PLACE + "ci.sts.yaml", CLEAN);
        write("octo-org/.github/" + PLACE + "ci.sts.yaml", CLEAN);

        assertThat(kinds("w")).containsExactly("organization policy");
        assertThat(kinds("octo-org")).containsExactly("organization policy");
        assertThat(kinds("--policy-repo=policies", "octo-org")).containsExactly("repository policy");
    }

    @Test
    void knows_the_files_about_policies_and_where_they_are_read() throws IOException {
        write("r/.git/config", "[remote \"origin\"]\n\turl = https://github.com/octo-org/octo-repo\n");
        write("r/" + PLACE + "trusted-token-issuers.yaml", "issuers: [https://gitlab.com]\n");
        write("t/" + PLACE + "trusted-token-issuers.yaml", "mode: enforced\nissuers: [https://gitlab.com]\n");
        write("t/" + PLACE + "trusted-issuers.yml", "issuers: [https://gitlab.com]\n");
        write("g/" + PLACE + "guardrails.yaml", "mode: enforce\n");
        write("g/helm/guardrails.yaml", "a: 1\n");

        assertThat(kinds("r")).containsExactly("trusted issuers");
        assertThat(kinds("g")).containsExactly("guard rails");
        assertThat(check("r").out()).contains("error STS036: this file is never read in this repository; put it into");
        assertThat(check("--org", folder.resolve("r").toString()).status()).isZero();
        assertThat(check("t").out())
                .contains("error STS070", "rename it to trusted-token-issuers.yaml")
                .doesNotContain("in this repository");
    }

    @ParameterizedTest
    @CsvSource({
        "--org PATH, organization policy",
        "--org=octo-org PATH, organization policy",
        "--org octo-org PATH, organization policy",
        "PATH --org, organization policy",
        "--repo PATH, repository policy",
        "--repo octo-org/octo-repo PATH, repository policy",
        "--repo=octo-org/.github PATH, organization policy",
        "--repo .github PATH, organization policy",
        "--org octo-org --repo octo-repo PATH, repository policy",
        "--org octo-org --repo .github PATH, organization policy",
        "--org --repo policies PATH, organization policy",
        "--policy-repo=policies --repo=octo-org/policies PATH, organization policy",
    })
    void believes_what_it_is_told(String arguments, String kind) throws IOException {
        var file = write("r/" + PLACE + "ci.sts.yaml", CLEAN);

        assertThat(kinds(arguments.replace("PATH", file.toString()).split(" "))).containsExactly(kind);
    }

    @Test
    void takes_the_policy_repository_from_the_service_s_own_variable() throws IOException {
        write("r/.git/config", "[remote \"origin\"]\n\turl = https://github.com/octo-org/policies\n");
        write("r/" + PLACE + "ci.sts.yaml", CLEAN + "repositories: [a]\n");

        assertThat(check("r").out()).contains("STS014");
        assertThat(call(CheckCommand::new, Map.of("ORG_POLICY_REPO", "policies"), "", "r")
                        .status())
                .isZero();
    }

    @Test
    void knows_the_owner_and_does_not_mistake_another_for_it() throws IOException {
        write("ci.sts.yaml", CLEAN + "repositories: [octo-org/a, other/b]\n");

        assertThat(check("--org=octo-org", "ci.sts.yaml").out())
                .contains("write a\n")
                .contains("a token covers repositories of one owner");
    }

    private List<String> kinds(String... arguments) {
        var all = new java.util.ArrayList<>(List.of("--format=json"));
        all.addAll(List.of(arguments));
        var result = check(all.toArray(String[]::new));
        assertThat(result.err()).isEmpty();
        return JsonReportTest.object(result.out()).getJsonArray("files").stream()
                .map(file -> file.asJsonObject().getString("kind"))
                .toList();
    }

    @Test
    void tells_nothing_of_a_path_that_leads_through_dots() throws IOException {
        write("a/ci.sts.yaml", WRONG);
        Files.createDirectory(folder.resolve("b"));

        assertThat(check(Path.of("b", "..", "a").toString()).out()).startsWith("a/ci.sts.yaml:4:3");
    }
}
