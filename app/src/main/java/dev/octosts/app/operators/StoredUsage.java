package dev.octosts.app.operators;

import dev.octosts.app.usage.PolicyProposal;
import dev.octosts.app.usage.UsageEvent;
import dev.octosts.app.usage.UsageReport;
import dev.octosts.app.usage.UsageReport.PermissionReport;
import dev.octosts.app.usage.UsageReport.PolicyReport;
import dev.octosts.app.usage.UsageSearch;
import dev.octosts.app.usage.UsageStore;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.operators.spi.AuditEntry;
import dev.octosts.operators.spi.AuditField;
import dev.octosts.operators.spi.PolicyNeeds;
import dev.octosts.operators.spi.Reach;
import dev.octosts.operators.spi.TokenUse;
import dev.octosts.operators.spi.TokenUse.Known;
import dev.octosts.operators.spi.UsageDesk;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Usage in the database, for operators. */
final class StoredUsage implements UsageDesk {

    /** As long as the command asks for by default. */
    private static final Duration SHORTEST = Duration.ofDays(30);

    /** A shorter time after the end of a run may be the time that the log needs. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private static final int LONGEST_PATH = 1_100;

    private final UsageSearch search;
    private final LivePolicies policies;
    private final Clock clock;

    StoredUsage(UsageSearch search, LivePolicies policies, Clock clock) {
        this.search = search;
        this.policies = policies;
        this.clock = clock;
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public TokenUse ofToken(AuditEntry exchange) throws StoreException {
        UsageSearch.OfToken found = search.token(exchange.text(AuditField.TOKEN), exchange.text(AuditField.OWNER));
        SortedMap<String, Long> actions = new TreeMap<>();
        SortedMap<String, Long> requests = new TreeMap<>();
        SortedMap<String, Long> repositories = new TreeMap<>();
        SortedMap<String, Long> places = new TreeMap<>();
        for (UsageEvent event : found.events()) {
            count(actions, event.action());
            if (event.action().equals(UsageEvent.API_REQUEST)) {
                count(requests, event.request().words());
            }
            count(repositories, event.repository().isEmpty() ? "" : event.owner() + "/" + event.repository());
            count(places, event.place());
        }
        List<UsageEvent> events = found.events();
        return new TokenUse(
                known(exchange, found.windows()),
                events.size(),
                found.whole(),
                events.isEmpty()
                        ? Optional.empty()
                        : Optional.of(events.getFirst().at()),
                events.isEmpty()
                        ? Optional.empty()
                        : Optional.of(events.getLast().at()),
                actions,
                requests,
                repositories,
                places,
                found.ended()
                        .filter(ended -> !ended.isBefore(exchange.at()))
                        .flatMap(ended -> late(events, found.run(), ended)));
    }

    private static void count(SortedMap<String, Long> counts, String name) {
        if (!name.isEmpty()) {
            counts.merge(name, 1L, Long::sum);
        }
    }

    private static Optional<TokenUse.Late> late(List<UsageEvent> events, String run, Instant ended) {
        List<UsageEvent> late = events.stream()
                .filter(event -> event.at().isAfter(ended.plus(GRACE)))
                .toList();
        return late.isEmpty()
                ? Optional.empty()
                : Optional.of(new TokenUse.Late(
                        run, ended, late.size(), late.getLast().at()));
    }

    /** A token that is still valid can be used after all that is known. */
    private static Known known(AuditEntry exchange, List<UsageStore.Window> windows) {
        Instant end = exchange.expiresAt().orElse(exchange.at());
        Known known = Known.NOT_ALL;
        for (UsageStore.Window window : windows) {
            if (!window.from().isAfter(exchange.at()) && !window.until().isBefore(end)) {
                if (window.kind() == UsageStore.Kind.API) {
                    return Known.REQUESTS;
                }
                known = Known.LOG;
            }
        }
        return known;
    }

    @Override
    public Optional<PolicyNeeds> ofPolicy(String path, Reach reach) throws StoreException {
        int slash = path.indexOf('/');
        String owner = slash < 0 ? "" : path.substring(0, slash);
        if (owner.isEmpty() || path.length() > LONGEST_PATH || !reach.includes(owner)) {
            return Optional.empty();
        }
        return UsageReport.ofPolicy(search.policy(path), clock.instant(), SHORTEST)
                .map(report -> needs(report, PolicyProposal.atOnce(report).orElseGet(() -> policies.proposal(report))));
    }

    private static PolicyNeeds needs(PolicyReport report, PolicyProposal proposal) {
        Map<String, Instant> places = new LinkedHashMap<>();
        report.newPlaces().forEach(place -> places.put(place.place(), place.first()));
        Map<String, String> enough = new TreeMap<>();
        if (report.isTooWide()) {
            report.enough().forEach((name, level) -> enough.put(name, level.wireName()));
        }
        return new PolicyNeeds(
                report.path(),
                report.target().owner(),
                report.blob(),
                report.grants(),
                report.lastGrant(),
                report.permissions().stream().map(StoredUsage::permission).toList(),
                report.events(),
                report.actions(),
                report.requests(),
                report.answers(),
                report.repositories(),
                report.refusedRepositories(),
                report.unusedRepositories(),
                places,
                report.late().stream()
                        .map(use ->
                                new PolicyNeeds.LateUse(use.token(), use.run(), use.ended(), use.last(), use.events()))
                        .toList(),
                enough,
                proposal.diff(),
                proposal.note(),
                known(report.windows(), UsageStore.Kind.LOG),
                known(report.windows(), UsageStore.Kind.API));
    }

    /** The latest time of which it is known. */
    private static Optional<PolicyNeeds.KnownTime> known(List<UsageStore.Window> windows, UsageStore.Kind kind) {
        return windows.stream()
                .filter(window -> window.kind() == kind)
                .max(Comparator.comparing(UsageStore.Window::until))
                .map(window -> new PolicyNeeds.KnownTime(window.from(), window.until()));
    }

    private static PolicyNeeds.NeededPermission permission(PermissionReport permission) {
        return new PolicyNeeds.NeededPermission(
                permission.name(),
                permission.granted().wireName(),
                permission
                        .used()
                        .map(level -> level.wireName().toLowerCase(Locale.ROOT))
                        .orElse(""),
                switch (permission.state()) {
                    case USED -> PolicyNeeds.PermissionUse.USED;
                    case NARROWER -> PolicyNeeds.PermissionUse.NARROWER;
                    case UNUSED -> PolicyNeeds.PermissionUse.UNUSED;
                    case UNKNOWN -> PolicyNeeds.PermissionUse.UNKNOWN;
                },
                permission.why());
    }

    /** A service without a database. */
    static final class NoUsage implements UsageDesk {

        NoUsage() {}

        @Override
        public boolean isOn() {
            return false;
        }

        @Override
        public TokenUse ofToken(AuditEntry exchange) throws StoreException {
            throw new StoreException("there is no database", null);
        }

        @Override
        public Optional<PolicyNeeds> ofPolicy(String path, Reach reach) {
            return Optional.empty();
        }
    }
}
