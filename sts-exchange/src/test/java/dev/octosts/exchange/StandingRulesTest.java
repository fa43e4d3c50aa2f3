package dev.octosts.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.Installation;
import dev.octosts.policy.Claims;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose workflows have standing for an account. */
class StandingRulesTest {

    private final StandingRules rules =
            new StandingRules(RefusalDetail.OWN, new ActionsIssuer(URI.create("https://api.github.com")));

    @ParameterizedTest
    @CsvSource({
        "its owner and its id, https://token.actions.githubusercontent.com, octo-org, 7, 7, true",
        "its owner in another spelling, https://token.actions.githubusercontent.com, Octo-Org, 7, 7, true",
        "its owner and no id, https://token.actions.githubusercontent.com, octo-org, , 7, true",
        "its owner and an id that GitHub did not tell, https://token.actions.githubusercontent.com, octo-org, 7, 0, true",
        "its owner and the id of an account that had the name before, https://token.actions.githubusercontent.com, octo-org, 8, 7, false",
        "another owner, https://token.actions.githubusercontent.com, other, 7, 7, false",
        "no owner, https://token.actions.githubusercontent.com, , 7, 7, false",
        "its owner by another issuer, https://issuer.example, octo-org, 7, 7, false",
        "its owner and id by another GitHub, https://token.actions.octo.ghe.com, octo-org, 7, 7, true",
        "its owner by another GitHub, https://token.actions.octo.ghe.com, octo-org, , 7, false"
    })
    void a_workflow_whose_token_says(
            String name,
            String issuer,
            @Nullable String owner,
            @Nullable String ownerId,
            long accountId,
            boolean standing) {
        var claims = new HashMap<String, Object>();
        if (owner != null) {
            claims.put("repository_owner", owner);
        }
        if (ownerId != null) {
            claims.put("repository_owner_id", ownerId);
        }
        var installation = new Installation(1, "octo-org", accountId, "app", false);

        assertThat(rules.isWorkflowOf(new Claims(issuer, "repo:x", List.of(), claims), "octo-org", installation))
                .isEqualTo(standing);
    }
}
