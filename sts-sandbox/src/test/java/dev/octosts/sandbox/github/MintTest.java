package dev.octosts.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Client;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MintTest extends GitHubTest {
    private static final String READ_ONE = "{\"repositories\":[\"octo-repo\"],\"permissions\":{\"contents\":\"read\"}}";

    @Test
    void grants_what_is_asked_and_no_more() {
        var answer = client.mint(installation, READ_ONE);
        assertThat(answer.statusCode()).isEqualTo(201);
        var json = Client.object(answer);
        assertThat(json.getString("token")).matches("ghs_[A-Za-z0-9]{36}");
        assertThat(json.getJsonObject("permissions").toString())
                .isEqualTo("{\"contents\":\"read\",\"metadata\":\"read\"}");
        assertThat(json.getString("repository_selection")).isEqualTo("selected");
        assertThat(json.getJsonArray("repositories")).hasSize(1);
        assertThat(Instant.parse(json.getString("expires_at")))
                .isBetween(
                        sandbox.clock().instant().plusSeconds(3590),
                        sandbox.clock().instant().plusSeconds(3600));
    }

    @Test
    void grants_everything_when_nothing_is_asked() {
        var json = Client.object(client.mint(installation, ""));
        assertThat(json.getString("repository_selection")).isEqualTo("all");
        assertThat(json.containsKey("repositories")).isFalse();
        assertThat(json.getJsonObject("permissions").getString("issues")).isEqualTo("write");
    }

    @Test
    void takes_names_in_any_case_and_ids() {
        assertThat(client.mint(installation, "{\"repositories\":[\"OCTO-Repo\"]}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(client.mint(installation, "{\"repository_ids\":[" + repository.id() + "]}")
                        .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'repositories':['missing']} | There is at least one repository that does not exist",
                "{'repositories':['octo-org/octo-repo']} | There is at least one repository that does not exist",
                "{'repositories':['octo-repo','unselected']} | There is at least one repository that does not exist",
                "{'repositories':'octo-repo'} | Invalid request.",
                "{'permissions':{'contents':'admin'}} | The permissions requested are not granted",
                "{'permissions':{'organization_secrets':'read'}} | The permissions requested are not granted",
                "{'permissions':{'contents':'owner'}} | The permission level",
            })
    void is_unprocessable_for(String body, String message) {
        assertThat(client.mint(installation, READ_ONE).statusCode()).isEqualTo(201);
        github.repository(octoOrg, "unselected");
        installation.select("octo-repo");
        var answer = client.mint(installation, body.replace('\'', '"'));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Client.message(answer)).startsWith(message);
    }

    @Test
    void is_unprocessable_for_more_than_500_repositories() {
        var names = IntStream.range(0, 501).mapToObj(i -> "\"r" + i + "\"").collect(Collectors.joining(","));
        var answer = client.mint(installation, "{\"repositories\":[" + names + "]}");
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Client.message(answer)).startsWith("Too many repositories");
    }

    @Test
    void stays_within_what_the_account_granted() {
        var limited = github.install(app, github.organization("careful-org"))
                .grant(Permissions.none().and("contents", Level.READ));
        assertThat(client.mint(limited, "{\"permissions\":{\"contents\":\"write\"}}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(client.mint(limited, "{\"permissions\":{\"contents\":\"read\"}}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void is_forbidden_while_suspended() {
        installation.suspend(Instant.EPOCH);
        assertThat(client.mint(installation, READ_ONE).statusCode()).isEqualTo(403);
    }

    @Test
    void does_not_take_malformed_json() {
        assertThat(client.mint(installation, "{\"repositories\":").statusCode()).isEqualTo(400);
    }

    @Test
    void gives_the_form_of_token_that_the_header_asks_for() {
        var header = "X-GitHub-Stateless-S2S-Token";
        var asked = Client.object(client.mint(installation, READ_ONE, header, "enabled"));
        assertThat(asked.getString("token")).hasSize(520).matches("ghs_[A-Za-z0-9._-]{36,}");
        github.longTokens(true);
        try {
            assertThat(client.token(installation, READ_ONE)).hasSize(520);
            var refused = Client.object(client.mint(installation, READ_ONE, header, "disabled"));
            assertThat(refused.getString("token")).hasSize(40);
        } finally {
            github.longTokens(false);
        }
        assertThat(client.get(asked.getString("token"), "/repos/octo-org/octo-repo/contents/README.md")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void is_logged_as_a_read_or_a_final_one() {
        client.token(installation, READ_ONE);
        var token = client.token(installation, "{\"permissions\":{\"issues\":\"write\"}}");
        assertThat(github.calls().count(Calls.readMint())).isEqualTo(1);
        var finals = github.calls().matching(Calls.finalMint());
        assertThat(finals).singleElement().satisfies(call -> {
            assertThat(call.status()).isEqualTo(201);
            assertThat(call.owner()).contains("octo-org");
            assertThat(call.appId()).hasValue(app.id());
            assertThat(call.installationId()).hasValue(installation.id());
            assertThat(call.minted().orElseThrow().value()).isEqualTo(token);
        });
    }
}
