package dev.octosts.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Sha256;
import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.usage.UsageEvent;
import dev.octosts.app.usage.UsageStore;
import dev.octosts.app.usage.UsageStore.Kind;
import dev.octosts.app.usage.UsageStore.Window;
import dev.octosts.exchange.spi.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every database must do with what tokens were used for. */
@Timeout(60)
abstract class UsageStoreContract extends DatabaseTests {

    private static final Instant NOW = Instant.parse("2026-11-30T06:00:00Z");
    private static final Duration RETENTION = Duration.ofDays(100);
    private static final String TOKEN = Sha256.hex("ours");

    private UsageStore store(Instant now) {
        return new JdbcUsageStore(database(), RETENTION, Clock.fixed(now, ZoneOffset.UTC));
    }

    @BeforeEach
    void grant() throws StoreException {
        var audit = new JdbcAuditStore(database());
        audit.maintain(Optional.empty());
        audit.append(
                List.of(new AuditRecord(
                        "grant-of-usage-contract",
                        NOW.minusSeconds(3_600),
                        AuditRecord.Kind.EXCHANGE,
                        "granted",
                        new AuditRecord.RecordedTarget("octo-org", "octo-repo", "ci"),
                        new AuditRecord.RecordedCaller("https://issuer.example", "repo:octo-org/octo-repo"),
                        new AuditRecord.Policy("octo-org/octo-repo/.github/chainguard/ci.sts.yaml", "b10b"),
                        new AuditRecord.RecordedToken(TOKEN, Optional.of(NOW)),
                        7,
                        "",
                        "{\"permissions\":{\"contents\":\"read\"},\"run_id\":\"42\"}")),
                true);
    }

    @AfterEach
    void clear() throws StoreException {
        store(NOW.plus(Duration.ofDays(3_000))).sweep();
    }

    private static UsageEvent event(String id, Instant at, String token, String run) {
        return new UsageEvent(
                id,
                at,
                token,
                run,
                run.isEmpty() ? UsageEvent.API_REQUEST : UsageEvent.RUN_ENDED,
                "octo-org",
                "octo-repo",
                run.isEmpty()
                        ? new UsageEvent.ApiRequest("GET", "/repos/octo-org/octo-repo/readme", 200)
                        : UsageEvent.ApiRequest.NONE,
                "DE");
    }

    private List<UsageStore.Used> used() throws StoreException {
        var used = new ArrayList<UsageStore.Used>();
        store(NOW).used(Instant.EPOCH, used::add);
        return used;
    }

    @Test
    void keeps_events_of_our_tokens_once_and_as_they_were() throws StoreException {
        UsageEvent ours = event("doc-1", NOW, TOKEN, "");
        var events = List.of(
                ours,
                event("doc-2", NOW, Sha256.hex("of another"), ""),
                event("doc-3", NOW.minus(RETENTION).minusSeconds(1), TOKEN, ""));

        assertThat(store(NOW).add(events)).isEqualTo(new UsageStore.Added(1, 0, 2));
        assertThat(store(NOW).add(events)).isEqualTo(new UsageStore.Added(0, 1, 2));
        assertThat(store(NOW).add(List.of(ours, ours))).isEqualTo(new UsageStore.Added(0, 2, 0));

        assertThat(used()).singleElement().satisfies(used -> {
            assertThat(used.event()).isEqualTo(ours);
            assertThat(used.run()).isEqualTo("42");
            assertThat(used.grant().target().identity()).isEqualTo("ci");
        });
    }

    @Test
    void knows_when_the_runs_ended_that_got_tokens() throws StoreException {
        store(NOW)
                .add(List.of(
                        event("doc-1", NOW, TOKEN, ""),
                        event("end-1", NOW.minusSeconds(60), "", "42"),
                        event("end-2", NOW.minusSeconds(60), "", "43")));

        assertThat(store(NOW).endedRuns(Instant.EPOCH)).isEqualTo(Map.of("42", List.of(NOW.minusSeconds(60))));
    }

    @Test
    void forgets_what_is_older_than_the_retention() throws StoreException {
        store(NOW)
                .add(List.of(
                        event("doc-1", NOW.minus(Duration.ofDays(99)), TOKEN, ""), event("doc-2", NOW, TOKEN, "")));
        store(NOW).cover(List.of(new Window("octo-org", Kind.LOG, NOW.minus(Duration.ofDays(99)), NOW)));

        store(NOW.plus(Duration.ofDays(2))).sweep();

        assertThat(used()).extracting(used -> used.event().id()).containsExactly("doc-2");
        assertThat(store(NOW).windows())
                .containsExactly(new Window("octo-org", Kind.LOG, NOW.minus(Duration.ofDays(98)), NOW));
    }

    @Test
    void joins_known_times_that_are_near_each_other_and_keeps_apart_what_is_not() throws StoreException {
        var store = store(NOW);
        Instant day = NOW.minus(Duration.ofDays(50));
        store.cover(List.of(
                new Window("octo-org", Kind.API, day, day.plus(Duration.ofDays(1))),
                new Window("octo-org", Kind.LOG, day, day),
                new Window("nobody-of-ours", Kind.LOG, day, day)));
        store.cover(
                List.of(new Window("octo-org", Kind.API, day.plus(Duration.ofDays(3)), day.plus(Duration.ofDays(4)))));
        store.cover(List.of(
                new Window("octo-org", Kind.API, day.plus(Duration.ofDays(10)), day.plus(Duration.ofDays(11)))));

        assertThat(store.windows())
                .containsExactly(
                        new Window("octo-org", Kind.API, day, day.plus(Duration.ofDays(4))),
                        new Window("octo-org", Kind.API, day.plus(Duration.ofDays(10)), day.plus(Duration.ofDays(11))),
                        new Window("octo-org", Kind.LOG, day, day));
    }
}
