package dev.octosts.app.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.cli.LocalFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FixTest extends PolicyTest {

    private static final String SEVERAL = """
            # Who may release.\r
            issuer:   'https://token.actions.githubusercontent.com/'   # \ud83d\ude00 GitHub\r
            subject: "repo:octo-org@9919/octo-repo@1296269:ref:refs/tags/v\\d+"\r
            \r
            permissions: # what\r
              pull-requests:  read,write   # a comment\r
            """;

    private static final String FIXED = """
            # Who may release.\r
            issuer:   'https://token.actions.githubusercontent.com/'   # \ud83d\ude00 GitHub\r
            subject: 'repo:octo-org@9919/octo-repo@1296269:ref:refs/tags/v\\d+'\r
            \r
            permissions: # what\r
              pull_requests:  write   # a comment\r
            """;

    @Test
    void mends_one_thing_after_another_and_leaves_the_rest_as_it_is() throws IOException {
        var file = write("ci.sts.yaml", SEVERAL);

        var result = check("--fix", "ci.sts.yaml");

        assertThat(Files.readString(file)).isEqualTo(FIXED);
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("warning STS053", "warning STS040").endsWith("""
                        ci.sts.yaml: fixed STS003, STS012, STS013
                        1 file checked: 0 errors, 2 warnings, 0 hints; 1 file fixed; --diff shows 2 suggestions
                        """);
    }

    @Test
    void lets_other_tokens_in_only_when_that_is_asked_for() throws IOException {
        var file = write("ci.sts.yaml", SEVERAL);

        var result = check("--fix=unsafe", "ci.sts.yaml");

        assertThat(Files.readString(file))
                .isEqualTo(FIXED.replace("com/'", "com'").replace("subject: 'repo", "subject_pattern: 'repo"));
        assertThat(result).isEqualTo(new Result(0, """
                ci.sts.yaml: fixed STS003, STS012, STS013, STS040, STS053
                1 file checked: nothing to say; 1 file fixed
                """, ""));
    }

    @Test
    void never_turns_a_dead_policy_into_one_for_every_pull_request() throws IOException {
        var dead = ISSUER + "subject: repo:octo-org@9919/octo-repo@1296269:pull_request:12\n" + GRANT;
        var file = write("ci.sts.yaml", dead);

        check("--fix", "ci.sts.yaml");

        assertThat(file).hasContent(dead);
    }

    @Test
    void shows_what_it_would_change_and_changes_nothing() throws IOException {
        var text = ISSUER + "subject: repo:octo-org@9919/octo-repo@1296269:refs/heads/main\n"
                + "permissions:\n  pull-requests: write\n";
        var file = write("ci.sts.yaml", text);

        var result = check("--diff", "ci.sts.yaml");

        assertThat(file).hasContent(text);
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("""
                ci.sts.yaml: fixes STS012
                --- a/ci.sts.yaml
                +++ b/ci.sts.yaml
                @@ -1,4 +1,4 @@
                 issuer: https://token.actions.githubusercontent.com
                 subject: repo:octo-org@9919/octo-repo@1296269:refs/heads/main
                 permissions:
                -  pull-requests: write
                +  pull_requests: write
                ci.sts.yaml: suggestions, which may let other tokens in (--fix=unsafe applies them): STS054
                --- a/ci.sts.yaml
                +++ b/ci.sts.yaml
                @@ -1,4 +1,4 @@
                 issuer: https://token.actions.githubusercontent.com
                -subject: repo:octo-org@9919/octo-repo@1296269:refs/heads/main
                +subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main
                 permissions:
                   pull_requests: write
                """);
        assertThat(check("--diff", "--fix", "ci.sts.yaml").out())
                .contains("fixes STS012")
                .doesNotContain("suggestions, which");
        assertThat(check("--diff", "--fix=unsafe", "ci.sts.yaml").out()).contains("fixes STS012, STS054");
        assertThat(file).hasContent(text);
    }

    @Test
    void changes_nothing_the_second_time() throws IOException {
        var file = write("ci.sts.yaml", FIXED);
        var before = Files.getLastModifiedTime(file);

        assertThat(check("--fix", "ci.sts.yaml").out()).doesNotContain("fixed");
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
    }

    @Test
    void tells_what_it_cannot_mend() throws IOException {
        write("ci.sts.yaml", ISSUER + "permissions:\n  pull-requests: write\n");

        var result = check("--fix", "--format=json", "ci.sts.yaml");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("\"fixed\": [\n        \"STS012\"\n      ]", "STS020");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX permissions")
    void leaves_mode_and_neighbours_as_they_are() throws IOException {
        var file = write("a/ci.sts.yaml", WRONG);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        check("--fix", "a");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (Stream<Path> files = Files.list(folder.resolve("a"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void changes_nothing_behind_a_link() throws IOException {
        var outside = write("outside/ci.sts.yaml", WRONG);
        write("a/real.sts.yaml", WRONG);
        Files.createSymbolicLink(folder.resolve("a/linked.sts.yaml"), outside);
        Files.createSymbolicLink(folder.resolve("a/out"), folder.resolve("outside"));
        Files.createSymbolicLink(folder.resolve("named.sts.yaml"), outside);

        check("--fix", "a");
        var named = check("--fix", "named.sts.yaml");

        assertThat(outside).hasContent(WRONG);
        assertThat(folder.resolve("a/real.sts.yaml")).hasContent(WRONG.replace("pull-", "pull_"));
        assertThat(Files.isSymbolicLink(folder.resolve("named.sts.yaml"))).isTrue();
        assertThat(named.status()).isEqualTo(1);
        assertThat(named.err()).contains("named.sts.yaml: nothing was fixed: it is a link");
        assertThat(named.out()).contains("STS012");
    }

    @Test
    void changes_nothing_outside_of_the_folder_that_was_named() throws IOException {
        var inside = write("outside/ci.sts.yaml", WRONG);
        Files.createDirectory(folder.resolve("a"));
        Files.createSymbolicLink(folder.resolve("a/out"), folder.resolve("outside"));

        var reason = LocalFiles.replace(
                folder.resolve("a/out/ci.sts.yaml"), folder.resolve("a"), Files.readAllBytes(inside), new byte[0]);

        assertThat(reason).hasValueSatisfying(text -> assertThat(text).contains("leads elsewhere"));
        assertThat(inside).hasContent(WRONG);
    }

    @Test
    void changes_nothing_that_somebody_else_changes_meanwhile() throws IOException {
        var file = write("a/ci.sts.yaml", CLEAN);

        var reason = LocalFiles.replace(file, folder.resolve("a"), WRONG.getBytes(StandardCharsets.UTF_8), new byte[0]);

        assertThat(reason).hasValue("it was changed meanwhile");
        assertThat(file).hasContent(CLEAN);
        try (Stream<Path> files = Files.list(folder.resolve("a"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void leaves_tests_and_what_it_cannot_read_alone() throws IOException {
        var test = write("ci.sts.test.yaml", "tests: []\n");
        var bytes = Files.write(folder.resolve("bytes.sts.yaml"), new byte[] {'a', ':', (byte) 0xff});

        check("--fix", ".");

        assertThat(test).hasContent("tests: []\n");
        assertThat(bytes).hasBinaryContent(new byte[] {'a', ':', (byte) 0xff});
    }
}
