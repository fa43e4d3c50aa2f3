package dev.octosts.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.budget.BusyException;
import dev.octosts.exchange.LookupBudgets.Asking;
import dev.octosts.policy.Claims;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LookupBudgetsTest {

    private static final int PLENTY = 1_000;

    private final LookupBudgets budgets = new LookupBudgets(() -> 0);

    @Test
    void strangers_of_many_issuers_share_what_may_be_asked_about_one_account() {
        int asked = 0;
        while (asked < PLENTY && begins(new Asking.Stranger("issuer-" + asked, "octo-org", "site-" + asked))) {
            asked++;
        }

        assertThat(asked).isEqualTo(80);
        assertThat(begins(new Asking.Stranger("issuer", "other-org", "site"))).isTrue();
    }

    @Test
    void strangers_of_many_issuers_of_one_site_share_what_may_be_asked_at_all() {
        int asked = 0;
        while (asked < PLENTY && begins(new Asking.Stranger("issuer-" + asked, "org-" + asked, "attacker.example"))) {
            asked++;
        }

        assertThat(asked).isEqualTo(300);
        assertThat(begins(new Asking.Stranger("issuer", "org", "tenant.example")))
                .isTrue();
    }

    @Test
    void callers_that_an_account_knows_are_served_whatever_strangers_have_used_up() {
        for (int i = 0; i < PLENTY; i++) {
            begins(new Asking.Stranger("issuer-" + i % 7, "octo-org", "site"));
        }

        assertThat(begins(new Asking.Known("issuer", "octo-org"))).isTrue();
        assertThat(begins(new Asking.Known("", "octo-org"))).isTrue();
    }

    @Test
    void what_a_stranger_finds_costs_nothing() throws BusyException {
        for (int i = 0; i < PLENTY; i++) {
            budgets.policy(new Asking.Stranger("issuer", "octo-org", "site")).found();
            budgets.owner(new Asking.Stranger("issuer", "octo-org", "site")).found();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "an issuer of its own, https://gitlab.corp.example, , , https://gitlab.corp.example",
        "a workflow of an owner, https://token.actions.githubusercontent.com, 7, , https://token.actions.githubusercontent.com 7",
        "a job of a group, https://gitlab.com, , 42, https://gitlab.com 42",
        "another customer of a platform, https://accounts.google.com, , , https://accounts.google.com subject"
    })
    void customers_of_a_platform_that_all_people_share_are_told_apart(
            String name, String issuer, @Nullable String ownerId, @Nullable String namespaceId, String caller) {
        Map<String, Object> claims = ownerId != null
                ? Map.of("repository_owner_id", ownerId)
                : namespaceId != null ? Map.of("namespace_id", namespaceId) : Map.of();

        assertThat(AcceptedCallers.caller(new Claims(issuer, "subject", List.of(), claims)))
                .isEqualTo(caller);
    }

    private boolean begins(Asking asking) {
        try {
            budgets.policy(asking).inVain();
            return true;
        } catch (BusyException tooMany) {
            return false;
        }
    }
}
