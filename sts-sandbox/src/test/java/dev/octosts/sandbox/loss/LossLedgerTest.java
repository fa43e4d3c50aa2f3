package dev.octosts.sandbox.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.loss.SteadyCallers.Account;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossLedgerTest {

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split(" ", -1));
    }

    /** Tokens have one letter; a revoked one has an exclamation mark among those that were minted. */
    private static LossLedger ledger(String handedOut, String minted, String granted, String withheld) {
        var revoked = new HashMap<String, Boolean>();
        words(minted).forEach(token -> revoked.put(token.substring(0, 1), token.endsWith("!")));
        return new LossLedger(words(handedOut), Map.copyOf(revoked), words(granted), Set.copyOf(words(withheld)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // got  | minted  | granted | withheld | missing | extra | invented | broken | adrift
                "a b | a b     | a b     |   | 0 | 0 | 0 | 0 | 0",
                "a b | a b     | a       |   | 1 | 0 | 0 | 0 | 0",
                "a   | a b     | a b     |   | 0 | 1 | 0 | 0 | 0",
                "a   | a b!    | a       |   | 0 | 0 | 0 | 0 | 0",
                "a   | a b     | a       | b | 0 | 0 | 0 | 0 | 0",
                "a   | a b     | a       |   | 0 | 0 | 0 | 0 | 1",
                "a   | a       | a a     |   | 0 | 0 | 1 | 0 | 0",
                "a   | a       | a x     |   | 0 | 1 | 1 | 0 | 0",
                "a   | a!      | a       |   | 0 | 0 | 0 | 1 | 0",
            })
    void every_token_is_accounted_for_once(
            String got,
            String minted,
            String granted,
            String withheld,
            long missing,
            long extra,
            long invented,
            long broken,
            long adrift) {
        var ledger = ledger(got, minted, granted == null ? "" : granted, withheld == null ? "" : withheld);

        assertThat(List.of(ledger.missing(), ledger.extra(), ledger.invented(), ledger.broken(), ledger.adrift()))
                .containsExactly(missing, extra, invented, broken, adrift);
    }

    @Test
    void rows_of_the_database_are_grants_and_tokens_that_were_withheld() {
        var account = account(List.of("a"), 0, 0);
        var ledger = LossLedger.of(account, List.of(), List.of("granted|a|", "refused||", "failed||b"));

        assertThat(ledger.granted()).containsExactly("a");
        assertThat(ledger.withheld()).containsExactly("b");
    }

    private static Account account(List<String> handedOut, long unanswered, long lost) {
        return new Account(10, handedOut, 0, 0, unanswered, lost, Map.of(), true, Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "kill-service, 1, 0, true",
        "kill-service, 0, 1, true",
        "kill-service, 0, 0, false",
        "disk-full, 5, 5, false"
    })
    void only_a_killed_process_may_leave_tokens_that_nobody_knows(
            String fault, long unanswered, long lost, boolean kept) {
        var tried = LossFaults.ALL.stream()
                .filter(one -> one.name().equals(fault))
                .findFirst()
                .orElseThrow();
        var result = new LossResult(tried, account(List.of("a"), unanswered, lost), ledger("a", "a b", "a", ""), true);

        assertThat(result.kept()).as(result.broken().toString()).isEqualTo(kept);
    }

    @Test
    void a_trial_without_a_token_or_with_a_broken_chain_has_failed() {
        var fault = LossFaults.ALL.getFirst();

        assertThat(new LossResult(fault, account(List.of(), 0, 0), ledger("", "", "", ""), true).broken())
                .singleElement()
                .asString()
                .contains("nothing was tried");
        assertThat(new LossResult(fault, account(List.of("a"), 0, 0), ledger("a", "a", "a", ""), false).broken())
                .singleElement()
                .asString()
                .contains("chain");
    }

    @Test
    void the_longest_outage_counts_the_begin_and_the_end() {
        assertThat(SteadyCallers.longestOutage(0, List.of(10L, 40L, 15L), 60)).isEqualTo(Duration.ofNanos(25));
        assertThat(SteadyCallers.longestOutage(0, List.of(10L), 100)).isEqualTo(Duration.ofNanos(90));
        assertThat(SteadyCallers.longestOutage(5, List.of(), 100)).isEqualTo(Duration.ofNanos(95));
    }
}
