package dev.octosts.github;

import static dev.octosts.github.fixture.GitHubFixture.REPOSITORY;
import static dev.octosts.sandbox.github.Calls.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.SubjectApi.SubjectTemplate;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.Repository;
import dev.octosts.sandbox.http.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client tells of the subjects of a repository's tokens. */
@Timeout(30)
class SubjectApiTest {

    private final GitHubFixture gitHub = new GitHubFixture();

    @AfterEach
    void close() {
        gitHub.server().clearFaults();
        gitHub.close();
    }

    private GitHubResult<SubjectTemplate> template(String permission) {
        return gitHub.client().subjects().template(token(permission), gitHub.owner(), REPOSITORY);
    }

    private String token(String permission) {
        var asked = new TokenRequest(Map.of(permission, "read"), List.of(REPOSITORY));
        return ((Success<MintedToken>) gitHub.client().mint(gitHub.route(), asked))
                .value()
                .token()
                .value();
    }

    @Test
    void tells_githubs_template_with_the_name_of_the_repository() {
        assertThat(template("actions"))
                .isEqualTo(new Success<>(
                        new SubjectTemplate(true, false, "repo:" + gitHub.owner() + "/" + REPOSITORY, List.of())));
    }

    @Test
    void tells_ids_and_the_claims_of_a_repositorys_own_template() {
        gitHub.repository().subjects(new Repository.Subjects(true, List.of("repository_owner", "context")));

        assertThat(template("actions"))
                .isEqualTo(new Success<>(new SubjectTemplate(
                        false, true, gitHub.repository().subjectPrefix(), List.of("repository_owner", "context"))));
    }

    @Test
    void a_server_that_knows_no_ids_tells_less() {
        gitHub.server()
                .fault(
                        kind(CallKind.SUBJECT_TEMPLATE),
                        Faults.reply(Reply.json(200, "{\"include_claim_keys\":[\"repo\",\"context\"]}")));

        assertThat(template("actions"))
                .isEqualTo(new Success<>(new SubjectTemplate(false, false, "", List.of("repo", "context"))));
    }

    @Test
    void a_token_without_the_permission_learns_nothing_but_the_day_of_creation() {
        gitHub.repository().createdAt(Instant.parse("2026-08-01T10:00:00Z"));

        assertThat(template("contents")).isEqualTo(new Failure<>(Reason.FORBIDDEN));
        assertThat(gitHub.client().subjects().createdAt(token("contents"), gitHub.owner(), REPOSITORY))
                .isEqualTo(new Success<>(Instant.parse("2026-08-01T10:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "nonsense", "{\"use_default\":7}", "{\"include_claim_keys\":[7]}"})
    void an_answer_of_another_form_tells_nothing(String body) {
        gitHub.server().fault(kind(CallKind.SUBJECT_TEMPLATE), Faults.reply(Reply.json(200, body)));

        assertThat(template("actions"))
                .isIn(
                        new Failure<SubjectTemplate>(Reason.UNAVAILABLE),
                        new Success<>(new SubjectTemplate(true, false, "", List.of())));
    }
}
