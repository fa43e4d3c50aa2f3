package dev.octosts.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Client;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How GitHub says that the subjects of a repository's tokens are made. */
class SubjectTemplateTest extends GitHubTest {
    private static final String PATH = "/repos/octo-org/octo-repo/actions/oidc/customization/sub";
    private static final String ACTIONS = "{\"permissions\":{\"actions\":\"read\"}}";

    @AfterEach
    void make_it_githubs_own_again() {
        repository.subjects(new Repository.Subjects(false, List.of()));
    }

    @Test
    void is_githubs_own_at_first() {
        var answer = client.get(client.token(installation, ACTIONS), PATH);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Client.object(answer))
                .hasToString("{\"use_default\":true,\"use_immutable_subject\":false,"
                        + "\"sub_claim_prefix\":\"repo:octo-org/octo-repo\"}");
    }

    @Test
    void names_the_claims_of_a_repository_that_has_its_own_and_the_ids() {
        repository.subjects(new Repository.Subjects(true, List.of("repository_owner", "context")));

        var template = Client.object(client.get(client.token(installation, ACTIONS), PATH));

        assertThat(template.getBoolean("use_default")).isFalse();
        assertThat(template.getBoolean("use_immutable_subject")).isTrue();
        assertThat(template.getString("sub_claim_prefix"))
                .isEqualTo("repo:octo-org@%d/octo-repo@%d".formatted(octoOrg.id(), repository.id()));
        assertThat(template.getJsonArray("include_claim_keys")).hasToString("[\"repository_owner\",\"context\"]");
    }

    @Test
    void is_shown_to_those_who_may_read_actions() {
        assertThat(client.get(client.token(installation, "{\"permissions\":{\"contents\":\"read\"}}"), PATH)
                        .statusCode())
                .isEqualTo(403);
        assertThat(client.get("", PATH).statusCode()).isIn(401, 404);
    }

    @Test
    void a_repository_says_when_it_was_created() {
        assertThat(Client.object(client.get(client.token(installation, ACTIONS), "/repos/octo-org/octo-repo"))
                        .getString("created_at"))
                .isEqualTo("2024-01-15T09:30:00Z");
    }
}
