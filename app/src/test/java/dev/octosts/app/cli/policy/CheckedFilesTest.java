package dev.octosts.app.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.cli.policy.report.JsonReportTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files the check looks at, and what it takes them for. */
class CheckedFilesTest extends PolicyTest {

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
