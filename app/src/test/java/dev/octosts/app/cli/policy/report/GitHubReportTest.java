package dev.octosts.app.cli.policy.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.cli.policy.PolicyTest;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class GitHubReportTest extends PolicyTest {

    @Test
    void writes_one_workflow_command_for_each_diagnostic() throws IOException {
        write(".git/config", "");
        write("sub/ci.sts.yaml", WRONG);

        assertThat(check("--format=github", folder.resolve("sub").toString()).out())
                .isEqualTo("::error file=sub/ci.sts.yaml,line=4,endLine=4,col=3,endColumn=16,"
                        + "title=STS012%3A GitHub has no such permission::"
                        + "unknown permission \"pull-requests\"; did you mean pull_requests?\n");
    }

    @Test
    void lets_no_file_give_a_command_of_its_own() throws IOException {
        write(
                "a\n::set-output name=x::y,b%0A:.sts.yaml",
                "issuer: \"a\\n::stop-commands::x%0Ay\"\nsubject: x\n" + GRANT);

        var lines = check("--format=github", ".").out().lines().toList();

        assertThat(lines).isNotEmpty().allMatch(line -> line.matches("::(error|warning|notice) file=.*"));
        assertThat(lines.getFirst())
                .contains("file=a%0A%3A%3Aset-output name=x%3A%3Ay%2Cb%250A%3A.sts.yaml,line=1")
                .contains("x%250Ay");
    }

    @Test
    void has_no_columns_where_a_place_has_several_lines() throws IOException {
        write("ci.sts.yaml", ISSUER + SUBJECT + "permissions:\n- contents: read\n- issues: read\n");

        assertThat(check("--format=github", ".").out())
                .contains(",line=4,endLine=", ",title=STS011")
                .doesNotContain("col=");
    }
}
