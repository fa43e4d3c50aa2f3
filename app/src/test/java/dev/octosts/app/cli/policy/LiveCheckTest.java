package dev.octosts.app.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Egress;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.Installation;
import dev.octosts.github.MintedToken;
import dev.octosts.github.Route;
import dev.octosts.github.TokenRequest;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.Repository;
import dev.octosts.sandbox.http.Reply;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code policy check --live} learns from GitHub. */
class LiveCheckTest extends PolicyTest {

    private static final String OLD = ISSUER + "subject: repo:octo-org/octo-repo:ref:refs/heads/main\n" + GRANT;

    private final Sandbox sandbox = Sandbox.start();
    private final Repository repository =
            sandbox.github().repository(sandbox.github().organization("octo-org"), "octo-repo");

    @BeforeEach
    void file() throws IOException {
        write("ci.sts.yaml", OLD);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    /** With a person's token, which the sandbox takes for that of an installation. */
    private Result live(String... more) throws IOException {
        return liveWith("actions", more);
    }

    private Result liveWith(String permission, String... more) throws IOException {
        var environment = Map.of(
                "GH_TOKEN",
                token(permission),
                "GITHUB_API_URL",
                sandbox.github().baseUri().toString(),
                "SSL_CERT_FILE",
                sandbox.authority().writePem(folder.resolve("ca.pem")).toString());
        var arguments = new ArrayList<>(List.of("--live", "--repo=octo-org/octo-repo", "ci.sts.yaml"));
        arguments.addAll(List.of(more));
        return call(CheckCommand::new, environment, "", arguments.toArray(String[]::new));
    }

    private String token(String permission) {
        var made = sandbox.github().app("person");
        sandbox.github().install(made, repository.owner());
        try (var gitHub = new GitHub(
                sandbox.github().baseUri(),
                new Egress(sandbox.authority().clientContext(), Optional.empty()),
                GitHub.Time.ofThisMachine(),
                call -> {})) {
            var app = new GitHubApp(made.id(), made.privateKey(), sandbox.clock());
            var installation = ((Success<Installation>) gitHub.installation(app, "octo-org")).value();
            var asked = new TokenRequest(Map.of(permission, "read"), List.of("octo-repo"));
            return ((Success<MintedToken>) gitHub.mint(new Route("octo-org", app, installation), asked))
                    .value()
                    .token()
                    .value();
        }
    }

    @Test
    void has_nothing_to_say_where_github_makes_such_subjects() throws IOException {
        assertThat(live()).isEqualTo(new Result(0, "1 file checked: nothing to say\n", ""));
    }

    @Test
    void finds_the_form_that_no_token_has_and_knows_the_right_one() throws IOException {
        repository.subjects(new Repository.Subjects(true, List.of()));

        var result = live();

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .startsWith("ci.sts.yaml:2:10: error STS051: tokens of octo-org/octo-repo have subjects such as "
                        + repository.subjectPrefix() + ":ref:refs/heads/main, which")
                .contains("; write " + repository.subjectPrefix() + ":ref:refs/heads/main\n");
    }

    @Test
    void understands_the_claims_that_a_repository_makes_its_subjects_of() throws IOException {
        repository.subjects(new Repository.Subjects(false, List.of("repository_owner", "context")));

        assertThat(live().out()).contains("error STS051", "repository_owner:octo-org:ref:refs/heads/main");
        write("ci.sts.yaml", ISSUER + "subject: repository_owner:octo-org:environment:prod\n" + GRANT);
        assertThat(live().status()).isZero();
    }

    @Test
    void takes_the_day_of_creation_where_the_token_may_not_ask() throws IOException {
        repository.createdAt(Instant.parse("2026-08-01T00:00:00Z"));

        var result = liveWith("contents");

        assertThat(result.out()).contains("error STS051", "repo:octo-org@ID/octo-repo@ID:ref:refs/heads/main");
        assertThat(result.err()).contains("octo-org/octo-repo: GitHub does not say", "the token needs actions: read");
    }

    @Test
    void asks_once_for_a_repository_and_nobody_without_live() throws IOException {
        write("other.sts.yaml", OLD);

        live("other.sts.yaml");
        assertThat(sandbox.github().calls().count(CallKind.SUBJECT_TEMPLATE)).isEqualTo(1);
        check("--repo=octo-org/octo-repo", "ci.sts.yaml");
        assertThat(sandbox.github().calls().count(CallKind.SUBJECT_TEMPLATE)).isEqualTo(1);
    }

    @Test
    void says_so_when_github_does_not_answer() throws IOException {
        sandbox.github()
                .fault(
                        call -> call.kind() == CallKind.SUBJECT_TEMPLATE || call.kind() == CallKind.REPOSITORY,
                        Faults.reply(Reply.json(500, "{}")));

        var result = live();

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("hint STS051");
        assertThat(result.err()).contains("octo-org/octo-repo: GitHub does not say");
    }

    @Test
    void needs_a_token() {
        var result = check("--live", "ci.sts.yaml");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("--live: there is no token", "GITHUB_TOKEN or GH_TOKEN");
    }
}
