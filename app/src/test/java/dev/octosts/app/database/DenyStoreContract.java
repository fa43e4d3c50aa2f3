package dev.octosts.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.audit.AuditStore;
import dev.octosts.app.deny.DenyGuard;
import dev.octosts.app.deny.DenyStore;
import dev.octosts.app.deny.DenyWatch;
import dev.octosts.exchange.spi.DenyRule;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.sandbox.Await;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every database must do with deny rules. */
@Timeout(60)
abstract class DenyStoreContract extends DatabaseTests {

    /** It takes half a second; a machine may be slow. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private static JdbcDenyStore store(Database database) {
        return new JdbcDenyStore(database, new JdbcAuditStore(database), Clock.systemUTC());
    }

    @BeforeEach
    void begin() throws StoreException {
        new JdbcAuditStore(database()).maintain(Optional.empty());
    }

    @AfterEach
    void clear() throws StoreException {
        for (DenyStore.Kept kept : store(database()).rules()) {
            store(database()).remove(kept.rule().id(), "test", "the end");
        }
    }

    private static DenyRule rule(Optional<Instant> end) {
        return new DenyRule(
                UUID.randomUUID().toString().substring(0, 8),
                new DenyRule.DeniedTarget("octo-org", "octo-repo", "ci"),
                new DenyRule.DeniedCaller("https://issuer.example", "repo:*", "ref", "refs/heads/*"),
                "incident 42",
                end);
    }

    @Test
    void a_rule_is_kept_as_it_was_for_every_replica_until_it_is_removed() throws StoreException {
        DenyRule rule = rule(Optional.of(Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.MICROS)));
        long before = store(again()).version();

        store(database()).add(rule, "alice");

        assertThat(store(again()).version()).isGreaterThan(before);
        assertThat(store(again()).rules()).singleElement().satisfies(kept -> {
            assertThat(kept.rule()).isEqualTo(rule);
            assertThat(kept.madeBy()).isEqualTo("alice");
        });
        assertThat(store(again()).remove(rule.id(), "bob", "over")).isTrue();
        assertThat(store(database()).remove(rule.id(), "bob", "over")).isFalse();
        assertThat(store(database()).rules()).isEmpty();
    }

    @Test
    void each_change_is_on_record_with_who_made_it_and_why() throws StoreException {
        DenyRule rule = rule(Optional.empty());
        store(database()).add(rule, "alice");
        store(database()).remove(rule.id(), "bob", "it is over");

        var acts = new ArrayList<AuditStore.Stored>();
        new JdbcAuditStore(database()).read(acts::add);
        var ours = acts.stream()
                .map(AuditStore.Stored::record)
                .filter(record -> record.data().contains(rule.id()))
                .toList();
        assertThat(ours).extracting(AuditRecord::outcome).containsExactly("deny-add", "deny-remove");
        assertThat(ours).extracting(record -> record.caller().subject()).containsExactly("alice", "bob");
        assertThat(ours.getFirst().data()).contains("incident 42", "refs/heads/*");
        assertThat(ours.getLast().data()).contains("it is over");
    }

    @Test
    void a_rule_is_in_force_on_another_replica_within_a_second() throws StoreException {
        try (var watch = new DenyWatch(store(again()))) {
            Await.until("the rules are known", () -> watch.state() == DenyGuard.State.CURRENT);
            assertThat(watch.current().areNone()).isTrue();
            DenyRule rule = rule(Optional.empty());

            store(database()).add(rule, "alice");

            Await.until("the rule is in force", SOON, () -> watch.current().size() == 1);
            store(database()).remove(rule.id(), "alice", "over");
            Await.until("the rule is gone", SOON, () -> watch.current().areNone());
        }
    }

    @Test
    void a_change_that_fails_changes_nothing() throws StoreException {
        var store = store(database());
        DenyRule one = rule(Optional.empty());
        store.add(one, "alice");
        assertThatThrownBy(() -> store.add(one, "alice")).as("the same id").isInstanceOf(StoreException.class);
        assertThat(store.rules()).hasSize(1);
    }
}
