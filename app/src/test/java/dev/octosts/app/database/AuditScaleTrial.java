package dev.octosts.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.operators.spi.AuditField;
import dev.octosts.operators.spi.AuditFilter;
import dev.octosts.operators.spi.AuditPlace;
import dev.octosts.operators.spi.Reach;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten million records of thirty days in PostgreSQL: how long the searches of operators take, and the drop of a day. No
 * part of the usual tests, because it takes minutes and twelve gigabytes; docs/audit.md says how to run it. What it saw
 * is in {@code target/audit-scale-trial.txt}.
 */
@Timeout(3_600)
class AuditScaleTrial extends DatabaseTests {

    private static final int DAYS = 30;
    private static final int RECORDS_A_DAY = Integer.getInteger("octo-sts.trial-records", 10_000_000) / DAYS;
    private static final int PAGE = 50;
    private static final int TIMES = 7;
    private static final Duration LIMIT = Duration.ofMillis(200);
    private static final Duration LIMIT_OF_DROP = Duration.ofSeconds(1);
    private static final Path RESULTS = Path.of("target", "audit-scale-trial.txt");

    private final Replicas replicas = new Replicas();

    @Override
    TestDatabase tested() {
        return replicas;
    }

    /** What is timed. */
    private interface Step {
        void make() throws Exception;
    }

    private void run(String sql) throws SQLException {
        try (var connection = database().standingConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String sql) throws SQLException {
        try (var connection = database().standingConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void fill() throws SQLException {
        String today = text("SELECT CAST(clock_timestamp() AT TIME ZONE 'UTC' AS DATE)");
        for (int number = 0; number < DAYS; number++) {
            String day = text("SELECT DATE '" + today + "' - " + (DAYS - 1 - number));
            String table = "audit_records_" + day.replace("-", "");
            run("DROP TABLE IF EXISTS " + table);
            fill(table, day, number);
        }
        run("VACUUM ANALYZE audit_records");
    }

    /**
     * Records of one day, in the shapes of {@code AuditRecord}: 200 accounts, of which some have many more than others,
     * with 20 repositories and 3 policies for each; a tenth of the exchanges is refused. The table gets its indexes
     * when it is full, which is faster. The hashes only look like a chain.
     */
    private void fill(String table, String day, int number) throws SQLException {
        run("""
            CREATE TABLE %1$s (LIKE audit_records INCLUDING DEFAULTS);
            INSERT INTO %1$s SELECT day, seq, md5('id' || seq), happened, kind, outcome, owner, repository, identity,
                'https://token.actions.githubusercontent.com',
                'repo:' || owner || '/' || repository || ':ref:refs/heads/main',
                owner || '/' || repository || '/.github/chainguard/' || identity || '.sts.yaml',
                repeat('0123456789', 4),
                CASE WHEN outcome = 'granted' THEN repeat(md5('token' || seq), 2) ELSE '' END,
                CASE WHEN outcome = 'granted' THEN happened + INTERVAL '1 hour' END,
                number, md5('request' || seq),
                CASE WHEN outcome = 'granted'
                    THEN '{"permissions":{"contents":"read","issues":"write"},"decision":{"issuer":"passed",'
                        || '"subject_pattern":"passed"},"run_id":"' || seq || '","user_agent":"octo-sts"}'
                    ELSE '{"code":"PERMISSION_DENIED","error":"token does not match trust policy"}' END,
                repeat(md5('hash' || seq - 1), 2), repeat(md5('hash' || seq), 2)
            FROM (SELECT DATE '%2$s' AS day, %3$d + n AS seq,
                    TIMESTAMPTZ '%2$s 00:00:00+00' + n * INTERVAL '1 day' / %5$d AS happened,
                    CASE WHEN n %% 1000 = 0 THEN 'policy' ELSE 'exchange' END AS kind,
                    CASE WHEN n %% 1000 = 0 THEN 'updated' WHEN n %% 10 = 0 THEN 'refused' ELSE 'granted' END AS outcome,
                    'owner-' || number AS owner, 'repository-' || n * 31 %% 20 AS repository,
                    'identity-' || n * 17 %% 3 AS identity, number
                FROM (SELECT n, floor(200 * power(n * 7919 %% 99991 / 99991.0, 2))::BIGINT AS number
                    FROM generate_series(1::BIGINT, %4$d) AS n) AS drawn) AS made;
            ALTER TABLE audit_records ATTACH PARTITION %1$s FOR VALUES FROM ('%2$s') TO (DATE '%2$s' + 1);
            """.formatted(table, day, (long) number * RECORDS_A_DAY, RECORDS_A_DAY, RECORDS_A_DAY + 1));
    }

    private static Duration timed(Step step) throws Exception {
        long begin = System.nanoTime();
        step.make();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Tells the first time, when nothing is in memory, and the median of all. */
    private Duration timed(String what, Step step) throws Exception {
        var times = new Duration[TIMES];
        for (int time = 0; time < TIMES; time++) {
            times[time] = timed(step);
        }
        var first = times[0];
        Arrays.sort(times);
        tell(what, first, times[TIMES / 2]);
        return times[TIMES / 2];
    }

    private void tell(String what, Duration first, Duration median) throws IOException {
        String line = "| %s | %.1f ms | %.1f ms |%n".formatted(what, first.toNanos() / 1e6, median.toNanos() / 1e6);
        System.out.print(line);
        Files.writeString(RESULTS, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Step search(Reach reach, Map<AuditField, String> fields, Optional<AuditPlace> behind) {
        var search = new JdbcAuditSearch(database(), new SearchSeats(database()));
        return () -> search.search(new AuditFilter(reach, fields, Optional.empty(), Optional.empty()), behind, PAGE);
    }

    private Step newest(AuditField field, String value) {
        return search(Reach.EVERYTHING, Map.of(field, value), Optional.empty());
    }

    private Step policies(Reach reach, boolean unused) {
        var search = new JdbcAuditSearch(database(), new SearchSeats(database()));
        return () -> search.policies(reach, DAYS, unused, "", PAGE);
    }

    @Test
    void ten_million_records_are_searched_and_dropped_in_a_moment() throws Exception {
        Files.deleteIfExists(RESULTS);
        var filled = timed(this::fill);
        var store = new JdbcAuditStore(database(), Clock.systemUTC(), 1, 20_000);
        Duration slowestCount = Duration.ZERO;
        boolean more = true;
        while (more) {
            long begin = System.nanoTime();
            more = store.count();
            var took = Duration.ofNanos(System.nanoTime() - begin);
            slowestCount = took.compareTo(slowestCount) > 0 ? took : slowestCount;
        }
        tell("filling the table; the slowest count of 20 000 records", filled, slowestCount);
        String middle = text("SELECT seq FROM audit_records WHERE seq = " + 15L * RECORDS_A_DAY + " + 3");
        String token = text("SELECT token_sha256 FROM audit_records WHERE seq = " + middle);
        String request = text("SELECT request_id FROM audit_records WHERE seq = " + middle);
        var pageTwo = new JdbcAuditSearch(database(), new SearchSeats(database()))
                .search(
                        new AuditFilter(
                                Reach.EVERYTHING,
                                Map.of(AuditField.OWNER, "owner-50"),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.empty(),
                        PAGE)
                .getLast()
                .place();

        var queries = new LinkedHashMap<String, Step>();
        queries.put("the newest", search(Reach.EVERYTHING, Map.of(), Optional.empty()));
        queries.put("the newest of an owner", newest(AuditField.OWNER, "owner-50"));
        queries.put(
                "page 2 of an owner",
                search(Reach.EVERYTHING, Map.of(AuditField.OWNER, "owner-50"), Optional.of(pageTwo)));
        queries.put(
                "the newest that an operator of two accounts may see",
                search(Reach.of(Set.of("owner-50", "owner-199")), Map.of(), Optional.empty()));
        queries.put("of a subject", newest(AuditField.SUBJECT, "repo:owner-50/repository-3:ref:refs/heads/main"));
        queries.put("of a subject that is not there", newest(AuditField.SUBJECT, "nobody"));
        queries.put(
                "of a policy",
                newest(AuditField.POLICY, "owner-50/repository-3/.github/chainguard/identity-1.sts.yaml"));
        queries.put("by the SHA-256 of a token", newest(AuditField.TOKEN, token));
        queries.put("by the id of a request", newest(AuditField.REQUEST, request));
        queries.put("usage of policies, first page", policies(Reach.EVERYTHING, false));
        queries.put("usage of the policies of an account", policies(Reach.of(Set.of("owner-50")), false));
        queries.put("policies that are not used", policies(Reach.EVERYTHING, true));
        var slow = new LinkedHashMap<String, Duration>();
        for (var query : queries.entrySet()) {
            var median = timed(query.getKey(), query.getValue());
            if (median.compareTo(LIMIT) > 0) {
                slow.put(query.getKey(), median);
            }
        }
        var drop = timed(() -> store.maintain(Optional.of(Duration.ofDays(DAYS - 2))));
        tell("drop of one day (" + String.format(Locale.ROOT, "%,d", RECORDS_A_DAY) + " records)", drop, drop);

        assertThat(text("SELECT MIN(seq) FROM audit_records")).isEqualTo(Long.toString(RECORDS_A_DAY + 1L));
        assertThat(slow).as("slower than %s", LIMIT).isEmpty();
        assertThat(drop).isLessThan(LIMIT_OF_DROP);
    }
}
