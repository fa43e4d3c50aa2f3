package dev.octosts.app.operators;

import dev.octosts.app.audit.Journal;
import dev.octosts.app.deny.DenyGuard;
import dev.octosts.app.settings.Settings;
import dev.octosts.exchange.ExchangeState;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHubApp;
import dev.octosts.operators.spi.ServiceView;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Gauge;
import org.eclipse.microprofile.metrics.MetricID;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** The state of this process. It reads what is counted anyway, and calls nobody. */
final class ProcessView implements ServiceView {

    private static final int MOST_ISSUERS = 500;
    private static final String LOOKUPS = "octosts_cache_lookups_total";
    private static final String QUOTA = "github_rate_limit";

    private final Settings settings;
    private final AppPools apps;
    private final ExchangeState exchange;
    private final Followed followed;
    private final Runnable refresh;

    /**
     * What changes by itself.
     *
     * @param journal keeps the records
     * @param rules those that stop callers
     * @param metrics what is counted
     */
    record Followed(Journal journal, DenyGuard rules, MetricRegistry metrics) {}

    /** @param refresh makes the caches stale */
    ProcessView(Settings settings, AppPools apps, ExchangeState exchange, Followed followed, Runnable refresh) {
        this.settings = settings;
        this.apps = apps;
        this.exchange = exchange;
        this.followed = followed;
        this.refresh = refresh;
    }

    @Override
    public State state() {
        return new State(
                version(),
                settings.exchange().domain(),
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
                apps.apps().stream()
                        .sorted(Comparator.comparingLong(GitHubApp::id))
                        .map(app -> new App(app.id(), app.fingerprint(), trouble(app)))
                        .toList(),
                exchange.issuers(MOST_ISSUERS).stream()
                        .map(issuer -> new Issuer(
                                issuer.issuer(), issuer.keys(), issuer.keysSeenAt(), issuer.failing(), issuer.proven()))
                        .toList(),
                caches(),
                records(),
                rules());
    }

    private static Optional<String> trouble(GitHubApp app) {
        return switch (app.trouble()) {
            case NONE -> Optional.empty();
            case REJECTED ->
                Optional.of("GitHub does not accept its key " + app.keyInUse().name());
            case UNSIGNED -> Optional.of("its key " + app.keyInUse().name() + " did not sign");
        };
    }

    /** As the build wrote it into this module. */
    private static String version() {
        var descriptor = ProcessView.class.getModule().getDescriptor();
        return descriptor == null ? "unpackaged" : descriptor.rawVersion().orElse("unpackaged");
    }

    private Records records() {
        var status = followed.journal().status();
        return new Records(
                settings.audit().mode().name().toLowerCase(Locale.ROOT),
                status.written(),
                status.waiting(),
                status.lost(),
                status.storeWorks());
    }

    private String rules() {
        var rules = followed.rules();
        return switch (rules.state()) {
            case NONE -> "none, because there is no database";
            case CURRENT -> rules.current().inForce(Instant.now()) + " in force";
            case STALE ->
                rules.current().inForce(Instant.now()) + " in force, the last known: the database does not answer";
            case UNKNOWN -> "unknown: the database has not answered yet, and nobody gets a token";
        };
    }

    private List<Cache> caches() {
        var hits = new TreeMap<String, Long>();
        var misses = new TreeMap<String, Long>();
        followed.metrics().getCounters((id, _) -> id.getName().equals(LOOKUPS)).forEach((id, counter) -> {
            String cache = id.getTags().getOrDefault("cache", "");
            boolean hit = "hit".equals(id.getTags().get("outcome"));
            add(hits, cache, hit, counter);
            add(misses, cache, !hit, counter);
        });
        return hits.entrySet().stream()
                .map(entry -> new Cache(entry.getKey(), entry.getValue(), misses.getOrDefault(entry.getKey(), 0L)))
                .toList();
    }

    private static void add(Map<String, Long> sums, String cache, boolean counts, Counter counter) {
        sums.merge(cache, counts ? counter.getCount() : 0L, Long::sum);
    }

    @Override
    public List<InstallationQuota> quotas() {
        var values = new HashMap<String, Map<MetricID, Long>>();
        followed.metrics()
                .getGauges((id, _) -> id.getName().startsWith(QUOTA))
                .forEach((id, gauge) -> values.computeIfAbsent(id.getName(), _ -> new HashMap<>())
                        .put(new MetricID(QUOTA, id.getTagsAsArray()), number(gauge)));
        var quotas = new ArrayList<InstallationQuota>();
        values.getOrDefault(QUOTA, Map.of()).forEach((id, limit) -> {
            Map<String, String> tags = id.getTags();
            quotas.add(new InstallationQuota(
                    Long.parseLong(tags.getOrDefault("app_id", "0")),
                    tags.getOrDefault("organization", "").toLowerCase(Locale.ROOT),
                    tags.getOrDefault("resource", ""),
                    limit,
                    values.getOrDefault(QUOTA + "_remaining", Map.of()).getOrDefault(id, 0L),
                    Instant.ofEpochSecond(
                            values.getOrDefault(QUOTA + "_reset", Map.of()).getOrDefault(id, 0L))));
        });
        quotas.removeIf(quota -> quota.limit() == 0);
        quotas.sort(Comparator.comparing(InstallationQuota::owner)
                .thenComparingLong(InstallationQuota::appId)
                .thenComparing(InstallationQuota::resource));
        return quotas;
    }

    private static long number(Gauge<?> gauge) {
        return gauge.getValue().longValue();
    }

    @Override
    public void refresh() {
        refresh.run();
        followed.rules().lookAgain();
    }

    @Override
    public void forgetKeys(String issuer) {
        exchange.forgetKeys(issuer);
    }
}
