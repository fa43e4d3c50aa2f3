package dev.octosts.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.usage.UsageEvent;
import dev.octosts.app.usage.UsageReport;
import dev.octosts.app.usage.UsageStore;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.spi.AuditEntry;
import dev.octosts.operators.spi.AuditField;
import dev.octosts.operators.spi.AuditFilter;
import dev.octosts.operators.spi.AuditPlace;
import dev.octosts.operators.spi.PolicyUse;
import dev.octosts.operators.spi.Reach;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators find in every database. */
@Timeout(120)
abstract class AuditSearchContract extends DatabaseTests {

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

    abstract void clear() throws SQLException;

    private JdbcAuditSearch search() {
        return new JdbcAuditSearch(database(), new SearchSeats(database()));
    }

    @BeforeEach
    void fill() throws Exception {
        clear();
        var store = new JdbcAuditStore(database());
        store.maintain(Optional.empty());
        store.append(
                List.of(
                        record(1, "exchange", "granted", "owner-a", "ci", "subject-1"),
                        record(2, "exchange", "refused", "owner-a", "ci", "subject-2"),
                        record(3, "exchange", "granted", "owner-b", "cd", "subject-1"),
                        record(4, "policy", "updated", "owner-a", "ci", ""),
                        record(5, "exchange", "refused", "owner-a", "old", "x".repeat(1_000) + "é"),
                        record(6, "policy", "deleted", "owner-a", "old", ""),
                        record(7, "operator", "deny-add", "", "", "ann")),
                false);
    }

    private AuditRecord record(int number, String kind, String outcome, String owner, String identity, String subject) {
        boolean granted = outcome.equals("granted");
        return new AuditRecord(
                UUID.randomUUID().toString(),
                now.plusSeconds(number),
                AuditRecord.Kind.of(kind),
                outcome,
                new AuditRecord.RecordedTarget(owner, owner.isEmpty() ? "" : "repo", identity),
                new AuditRecord.RecordedCaller(kind.equals("exchange") ? "https://issuer.example" : "", subject),
                identity.isEmpty()
                        ? AuditRecord.Policy.NONE
                        : new AuditRecord.Policy(
                                owner + "/repo/.github/chainguard/" + identity + ".sts.yaml", "a".repeat(40)),
                granted
                        ? new AuditRecord.RecordedToken(
                                Integer.toString(number).repeat(64), Optional.of(now.plus(Duration.ofHours(1))))
                        : AuditRecord.RecordedToken.NONE,
                7,
                "request-" + number,
                "{}");
    }

    private List<String> found(Reach reach, Map<AuditField, String> fields) throws StoreException {
        return numbers(search().search(
                        new AuditFilter(reach, fields, Optional.empty(), Optional.empty()), Optional.empty(), 100));
    }

    private static List<String> numbers(List<AuditEntry> entries) {
        return entries.stream()
                .map(entry -> entry.text(AuditField.REQUEST).replace("request-", ""))
                .toList();
    }

    @Test
    void are_found_by_every_field_the_newest_first() throws StoreException {
        var everything = Reach.EVERYTHING;
        assertThat(found(everything, Map.of())).containsExactly("7", "6", "5", "4", "3", "2", "1");
        assertThat(found(everything, Map.of(AuditField.KIND, "policy"))).containsExactly("6", "4");
        assertThat(found(everything, Map.of(AuditField.OUTCOME, "refused"))).containsExactly("5", "2");
        assertThat(found(everything, Map.of(AuditField.OWNER, "owner-b"))).containsExactly("3");
        assertThat(found(everything, Map.of(AuditField.REPOSITORY, "repo"))).hasSize(6);
        assertThat(found(everything, Map.of(AuditField.IDENTITY, "ci", AuditField.OUTCOME, "granted")))
                .containsExactly("1");
        assertThat(found(everything, Map.of(AuditField.ISSUER, "https://issuer.example")))
                .containsExactly("5", "3", "2", "1");
        assertThat(found(everything, Map.of(AuditField.SUBJECT, "subject-1"))).containsExactly("3", "1");
        assertThat(found(everything, Map.of(AuditField.SUBJECT, "x".repeat(1_000) + "é")))
                .containsExactly("5");
        assertThat(found(everything, Map.of(AuditField.POLICY, "owner-b/repo/.github/chainguard/cd.sts.yaml")))
                .containsExactly("3");
        assertThat(found(everything, Map.of(AuditField.TOKEN, "3".repeat(64)))).containsExactly("3");
        assertThat(found(everything, Map.of(AuditField.REQUEST, "request-2"))).containsExactly("2");
        assertThat(found(everything, Map.of(AuditField.SUBJECT, "' OR '1'='1"))).isEmpty();
    }

    @Test
    void are_found_by_time() throws StoreException {
        var filter = new AuditFilter(
                Reach.EVERYTHING, Map.of(), Optional.of(now.plusSeconds(2)), Optional.of(now.plusSeconds(4)));
        assertThat(numbers(search().search(filter, Optional.empty(), 100))).containsExactly("3", "2");
    }

    @Test
    void say_how_far_they_go_back() throws StoreException, SQLException {
        assertThat(search().oldest()).contains(now.plusSeconds(1));
        clear();
        assertThat(search().oldest()).isEmpty();
    }

    @Test
    void of_other_accounts_are_not_found() throws StoreException {
        var reach = Reach.of(Set.of("owner-b", "owner-c"));
        assertThat(found(reach, Map.of())).containsExactly("3");
        assertThat(found(reach, Map.of(AuditField.OWNER, "owner-a"))).isEmpty();
        assertThat(found(Reach.NOTHING, Map.of())).isEmpty();
        var ofA = search().search(AuditFilter.all(Reach.of(Set.of("owner-a"))), Optional.empty(), 1)
                .getFirst();
        assertThat(search().find(ofA.place(), Reach.EVERYTHING)).contains(ofA);
        assertThat(search().find(ofA.place(), reach)).isEmpty();
        assertThat(search().find(ofA.place(), Reach.NOTHING)).isEmpty();
    }

    @Test
    void are_read_page_by_page_and_each_once() throws StoreException {
        var all = new ArrayList<String>();
        Optional<AuditPlace> behind = Optional.empty();
        List<AuditEntry> page;
        do {
            page = search().search(AuditFilter.all(Reach.EVERYTHING), behind, 3);
            all.addAll(numbers(page));
            behind = page.isEmpty() ? behind : Optional.of(page.getLast().place());
        } while (!page.isEmpty());
        assertThat(all).containsExactly("7", "6", "5", "4", "3", "2", "1");
    }

    /** Of records that were counted, of some that were not, and of both together. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void say_how_each_policy_was_used(int counted) throws StoreException {
        var store = new JdbcAuditStore(database(), Clock.systemUTC(), 100, counted);
        for (int times = 0; counted > 0 && times < 2; times++) {
            store.count();
        }
        String folder = "/repo/.github/chainguard/";
        List<PolicyUse> uses = search().policies(Reach.EVERYTHING, 30, false, "", 100);
        assertThat(uses)
                .extracting(PolicyUse::path, PolicyUse::granted, PolicyUse::notGranted, PolicyUse::deleted)
                .containsExactly(
                        tuple("owner-a" + folder + "ci.sts.yaml", 1L, 1L, false),
                        tuple("owner-a" + folder + "old.sts.yaml", 0L, 1L, true),
                        tuple("owner-b" + folder + "cd.sts.yaml", 1L, 0L, false));
        assertThat(uses.getFirst().lastGranted()).contains(now.plusSeconds(1));
        assertThat(uses.getFirst().changed()).contains(now.plusSeconds(4));
        assertThat(search().policies(Reach.EVERYTHING, 30, true, "", 100))
                .extracting(PolicyUse::identity)
                .containsExactly("old");
        assertThat(search().policies(Reach.of(Set.of("owner-b")), 30, false, "", 100))
                .extracting(PolicyUse::identity)
                .containsExactly("cd");
        assertThat(search().policies(
                                Reach.EVERYTHING, 30, false, uses.getFirst().path(), 1))
                .extracting(PolicyUse::identity)
                .containsExactly("old");
    }

    private UsageEvent event(String id, String token, String action, String path) {
        return new UsageEvent(
                id + now,
                now.plusSeconds(60),
                token,
                token.isEmpty() ? "42" : "",
                action,
                "owner-a",
                "repo",
                path.isEmpty() ? UsageEvent.ApiRequest.NONE : new UsageEvent.ApiRequest("GET", path, 200),
                "US");
    }

    @Test
    void tell_what_a_token_and_the_tokens_of_a_policy_were_used_for() throws Exception {
        AuditRecord plain = record(8, "exchange", "granted", "owner-a", "ci", "subject-1");
        var withRun = new AuditRecord(
                plain.id(),
                plain.at(),
                plain.kind(),
                plain.outcome(),
                plain.target(),
                plain.caller(),
                plain.policy(),
                plain.token(),
                7,
                "",
                "{\"permissions\":{\"contents\":\"read\"},\"run_id\":\"42\"}");
        new JdbcAuditStore(database()).append(List.of(withRun), false);
        var usage = new JdbcUsageStore(database(), Duration.ofDays(100), Clock.systemUTC());
        usage.add(List.of(
                event("first", "8".repeat(64), UsageEvent.API_REQUEST, "/repos/owner-a/repo/contents/x"),
                event("of the first token", "1".repeat(64), "git.clone", ""),
                event("of another policy", "3".repeat(64), "git.push", ""),
                event("end", "", UsageEvent.RUN_ENDED, "")));
        usage.cover(List.of(
                new UsageStore.Window("owner-a", UsageStore.Kind.API, now, now.plusSeconds(60)),
                new UsageStore.Window("owner-b", UsageStore.Kind.API, now, now.plusSeconds(60))));
        var search = new JdbcUsageSearch(new SearchSeats(database()));

        var ofToken = search.token("8".repeat(64), "owner-a");
        assertThat(ofToken.events())
                .singleElement()
                .satisfies(event -> assertThat(event.request().path()).isEqualTo("/repos/owner-a/repo/contents/x"));
        assertThat(ofToken.whole()).isTrue();
        assertThat(ofToken.run()).isEqualTo("42");
        assertThat(ofToken.ended()).contains(now.plusSeconds(60));
        assertThat(ofToken.windows()).extracting(UsageStore.Window::owner).containsOnly("owner-a");
        assertThat(search.token("", "owner-a").events())
                .as("records without a token")
                .isEmpty();

        var path = "owner-a/repo/.github/chainguard/ci.sts.yaml";
        var report = UsageReport.ofPolicy(search.policy(path), now.plusSeconds(100), Duration.ofDays(30))
                .orElseThrow();
        assertThat(report.path()).isEqualTo(path);
        assertThat(report.grants()).isEqualTo(2);
        assertThat(report.actions()).containsOnlyKeys(UsageEvent.API_REQUEST, "git.clone");
        assertThat(report.repositories()).containsExactly("owner-a/repo");
        assertThat(UsageReport.ofPolicy(search.policy(path + "x"), now, Duration.ofDays(30)))
                .isEmpty();
    }
}
