package dev.octosts.app.cli.githubapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.github.Account;
import dev.octosts.sandbox.github.GitHubApp;
import dev.octosts.sandbox.github.Level;
import dev.octosts.sandbox.github.Permissions;
import dev.octosts.sandbox.github.Repository;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the doctor says of the subjects that a repository has at GitHub. */
class DoctorSubjectsTest extends AppTest {

    private static final String POLICY =
            "issuer: https://token.actions.githubusercontent.com\nsubject: %s:ref:refs/heads/main\npermissions:\n  contents: read\n";

    private final GitHubApp app = sandbox.github()
            .app(4711, "our-sts", Permissions.none().and("contents", Level.READ).and("issues", Level.WRITE));

    private final Account owner = sandbox.github().organization("octo-org");

    @Test
    void asks_github_which_subjects_the_workflows_of_a_repository_have() throws IOException {
        var asking = sandbox.github()
                .app(
                        4712,
                        "asking",
                        Permissions.none().and("contents", Level.READ).and("actions", Level.READ));
        sandbox.github().install(asking, owner);
        var repository = sandbox.github()
                .repository(owner, "octo-repo")
                .subjects(new Repository.Subjects(true, List.of()))
                .put(".github/chainguard/old.sts.yaml", POLICY.formatted("repo:octo-org/octo-repo"));
        repository.put(".github/chainguard/new.sts.yaml", POLICY.formatted(repository.subjectPrefix()));

        var result = call(DoctorCommand::new, deployment(asking), "--repository=octo-org/octo-repo");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains(
                        "ok    octo-org/octo-repo: tokens of its workflows have subjects that begin with "
                                + repository.subjectPrefix() + ":",
                        "FAIL  octo-org/octo-repo: .github/chainguard/old.sts.yaml:2: STS051 tokens of",
                        "ok    octo-org/octo-repo: 1 of 2 policies can be satisfied");
        assertThat(sandbox.github().liveTokens(Set.of())).isEmpty();
    }

    @Test
    void takes_the_day_of_creation_where_the_app_may_not_ask() throws IOException {
        sandbox.github().install(app, owner);
        sandbox.github()
                .repository(owner, "octo-repo")
                .createdAt(Instant.parse("2026-09-01T00:00:00Z"))
                .put(".github/chainguard/old.sts.yaml", POLICY.formatted("repo:octo-org/octo-repo"));

        var result = call(
                DoctorCommand::new, deployment(app), "--repository=octo-org/octo-repo,nobody/else", "--owner=octo-org");

        assertThat(result.out())
                .contains(
                        "warn  octo-org/octo-repo: GitHub does not say which subjects",
                        "FAIL  octo-org/octo-repo: .github/chainguard/old.sts.yaml:2: STS051",
                        "FAIL  nobody/else: App 4711 is not installed for nobody");
        assertThat(call(DoctorCommand::new, deployment(app), "--repository=octo-repo")
                        .err())
                .contains("--repository: write OWNER/NAME");
    }
}
