package dev.octosts.exchange.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.budget.BusyException;
import dev.octosts.exchange.bearer.TestClock;
import dev.octosts.exchange.issuer.KeyLookup.Unavailable;
import dev.octosts.exchange.issuer.PermittedIssuers.Lifetimes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReputationTest {
    private static final String TENANT = "https://tenant.example";
    private static final String STRANGER = "https://stranger.example";
    private static final Unavailable DOWN = new Unavailable(KeyLookup.Missing.METADATA, "down");

    private final TestClock clock = new TestClock();
    private final Reputation reputation = new Reputation(PermittedIssuers.anyPublicIssuer(), IssuersFile.none(), clock);

    private int calls(String issuer, String target) {
        for (int calls = 0; calls < 1_000; calls++) {
            try {
                reputation.charge(issuer, URI.create(target));
            } catch (BusyException _) {
                return calls;
            }
        }
        return Integer.MAX_VALUE;
    }

    @Test
    void is_kept_for_a_day_after_the_last_proof() {
        assertThat(reputation.isProven(TENANT)).isFalse();
        assertThat(reputation.proved(TENANT)).isTrue();
        clock.passes(Duration.ofHours(23));
        assertThat(reputation.proved(TENANT)).isFalse();
        clock.passes(Duration.ofHours(23));
        assertThat(reputation.isProven(TENANT)).isTrue();
        clock.passes(Duration.ofHours(25));

        assertThat(reputation.isProven(TENANT)).isFalse();
    }

    @Test
    void is_proven_for_issuers_that_the_operator_names(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("issuers.yaml");
        Files.writeString(file, "issuers: [{issuer: " + TENANT + "}]\n");
        var permitted = new PermittedIssuers(Set.of("https://listed.example"), false, false, Lifetimes.standard());
        var named = new Reputation(permitted, IssuersFile.read(file), clock);

        assertThat(named.isProven(TENANT)).isTrue();
        assertThat(named.isProven("https://listed.example")).isTrue();
        assertThat(named.isProven(STRANGER)).isFalse();
    }

    @Test
    void counts_strangers_calls_in_sum_over_all_issuers_of_a_site() {
        int own = 0;
        while (own < 1_000 && mayCall("https://h" + own + ".victim.example/" + own)) {
            own++;
        }

        assertThat(own).isBetween(100, 110);
        assertThat(calls(STRANGER, STRANGER)).isBetween(100, 110);
    }

    private boolean mayCall(String issuer) {
        try {
            reputation.charge(issuer, URI.create(issuer));
            return true;
        } catch (BusyException _) {
            return false;
        }
    }

    @Test
    void gives_calls_back_that_found_what_was_wanted() throws BusyException {
        for (int i = 0; i < 500; i++) {
            String issuer = "https://platform.example/" + i;
            reputation.charge(issuer, URI.create(issuer));
            reputation.wasOfUse(issuer, issuer);
        }
        assertThat(calls(STRANGER, "https://victim.example/keys")).isBetween(20, 25);
        reputation.wasOfUse(STRANGER, "https://victim.example/keys");

        assertThat(calls("https://other.example", "https://victim.example/keys"))
                .as("calls to a third party stay counted")
                .isZero();
    }

    @Test
    void does_not_let_strangers_use_up_what_proven_issuers_may_call() {
        reputation.proved(TENANT);
        calls(STRANGER, "https://www.googleapis.example/keys");
        calls("https://tenant.example/other", TENANT);

        assertThat(calls(TENANT, TENANT + "/keys")).isEqualTo(Integer.MAX_VALUE);
        assertThat(calls(TENANT, "https://www.googleapis.example/keys")).isBetween(100, 110);
    }

    @Test
    void allows_a_retry_for_a_stranger_at_the_first_contact_alone() {
        URI address = URI.create(STRANGER);
        assertThat(reputation.mayRetry(STRANGER, address)).isTrue();
        reputation.failing().failed(STRANGER, DOWN);
        assertThat(reputation.mayRetry(STRANGER, address)).isFalse();
        reputation.gaveKeys(STRANGER);
        reputation.failing().failed(STRANGER, DOWN);
        assertThat(reputation.mayRetry(STRANGER, address))
                .as("it was good before")
                .isTrue();
    }

    @Test
    void limits_the_retries_of_strangers_by_site() {
        int retries = 0;
        while (retries < 1_000
                && reputation.mayRetry("https://a" + retries + ".example", URI.create("https://victim.example"))) {
            retries++;
        }

        assertThat(retries).isBetween(60, 63);
        reputation.proved(TENANT);
        assertThat(reputation.mayRetry(TENANT, URI.create("https://victim.example")))
                .isTrue();
    }

    @Test
    void does_not_let_strangers_push_out_what_is_remembered_of_a_proven_issuer() {
        reputation.proved(TENANT);
        reputation.failing().failed(TENANT, DOWN);
        reputation.failing().failed(TENANT, DOWN);
        for (int i = 0; i < 30_000; i++) {
            reputation.failing().failed("https://a" + i + ".example", DOWN);
            reputation.failing().failed("https://a" + i + ".example", DOWN);
        }

        assertThat(reputation.failing().remembered(TENANT)).contains(DOWN);
    }
}
