package dev.octosts.app.usage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.usage.UsageReport.NewPlace;
import dev.octosts.app.usage.UsageReport.PermissionReport;
import dev.octosts.app.usage.UsageReport.PolicyReport;
import dev.octosts.app.usage.UsageReport.State;
import dev.octosts.app.usage.UsageStore.Kind;
import dev.octosts.app.usage.UsageStore.Window;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.policy.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the report, record by record and event by event. */
final class ReportMaker {

    /** Nobody can look through more, and the memory is bounded. */
    private static final int MOST_POLICIES = 10_000;

    private static final Duration NEW = Duration.ofDays(7);

    /** What they let do, GitHub's audit log does not show. */
    private static final Set<String> INVISIBLE = Set.of("packages", "organization_packages");

    private static final String EVERY_TOKEN = "metadata";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final UsageReading store;
    private final Instant now;
    private final Duration shortest;
    private final SortedMap<String, UsedPolicy> policies = new TreeMap<>();
    private Optional<Instant> first = Optional.empty();
    private List<Window> windows = List.of();

    ReportMaker(UsageReading store, Instant now, Duration shortest) {
        this.store = store;
        this.now = now;
        this.shortest = shortest;
    }

    UsageReport make() throws StoreException {
        windows = store.windows();
        store.records(this::take);
        ApiPermissions table = ApiPermissions.read();
        Map<String, List<Instant>> ended = store.endedRuns(Instant.EPOCH);
        store.used(Instant.EPOCH, use -> policy(use.grant()).ifPresent(policy -> policy.did(use, table, ended)));
        return new UsageReport(
                now,
                first,
                windows,
                policies.values().stream()
                        .filter(policy -> !policy.isDeleted())
                        .map(this::report)
                        .toList());
    }

    private void take(AuditRecord record) {
        policy(record).ifPresent(policy -> {
            if (record.kind() == AuditRecord.Kind.POLICY) {
                policy.changed(record);
            } else {
                first = first.or(() -> Optional.of(record.at()));
                policy.granted(record, data(record));
            }
        });
    }

    private Optional<UsedPolicy> policy(AuditRecord record) {
        String path = record.policy().path();
        if (path.isEmpty() || (policies.size() >= MOST_POLICIES && !policies.containsKey(path))) {
            return Optional.empty();
        }
        return Optional.of(policies.computeIfAbsent(path, _ -> new UsedPolicy(path, record.target())));
    }

    private static JsonNode data(AuditRecord record) {
        try {
            return JSON.readTree(record.data());
        } catch (JsonProcessingException cut) {
            return MissingNode.getInstance();
        }
    }

    private PolicyReport report(UsedPolicy policy) {
        Optional<Window> window = window(policy);
        String why = why(policy, window);
        var permissions = new ArrayList<PermissionReport>();
        policy.granted()
                .forEach((name, since) -> permissions.add(permission(
                        name,
                        since.level(),
                        Optional.ofNullable(policy.used().get(name)),
                        why.isEmpty() ? whyNew(since.at(), window.orElseThrow()) : why)));
        String owner = policy.target().owner() + "/";
        return new PolicyReport(
                policy.path(),
                policy.target(),
                policy.blob(),
                policy.grants(),
                policy.lastGrant(),
                permissions,
                policy.events(),
                policy.actions(),
                policy.requests(),
                policy.answers(),
                List.copyOf(policy.usedRepositories()),
                policy.askedRepositories().stream()
                        .filter(name -> !policy.usedRepositories().contains(name))
                        .toList(),
                why.isEmpty()
                        ? policy.repositories().stream()
                                .map(name -> owner + name)
                                .filter(name -> !policy.askedRepositories().contains(name))
                                .toList()
                        : List.of(),
                policy.unknown(),
                newPlaces(policy),
                policy.late(),
                windows.stream()
                        .filter(known -> known.owner().equals(policy.target().owner()))
                        .toList());
    }

    /** The last time for which the requests of the policy's account are known. */
    private Optional<Window> window(UsedPolicy policy) {
        return windows.stream()
                .filter(window -> window.kind() == Kind.API
                        && window.owner().equals(policy.target().owner()))
                .max(Comparator.comparing(Window::until));
    }

    /** Why it cannot be told what was not used; empty when it can. */
    private String why(UsedPolicy policy, Optional<Window> window) {
        if (!store.isWhole()) {
            return "there are more events than are read here; octo-sts audit report reads all of them";
        }
        if (window.isEmpty()) {
            return "no requests to the API are known of this account";
        }
        Instant from = window.get().from();
        Instant until = window.get().until();
        if (Duration.between(from, until).compareTo(shortest) < 0) {
            return "usage is known only since " + from;
        }
        if (!policy.isGrantedIn(from, until)) {
            return "no token of this version was granted while usage is known";
        }
        if (!policy.unknown().isEmpty()) {
            return "it may have been needed for " + policy.unknown().firstKey()
                    + (policy.unknown().size() > 1 ? " and others" : "")
                    + ", which the table of permissions does not know";
        }
        return "";
    }

    /** A permission that is new needs time to be used. */
    private String whyNew(Instant since, Window window) {
        Instant from = since.isAfter(window.from()) ? since : window.from();
        return Duration.between(from, window.until()).compareTo(shortest) < 0
                ? "it is granted only since " + since
                : "";
    }

    private static PermissionReport permission(String name, Level granted, Optional<Level> used, String why) {
        boolean enough = used.filter(level -> level.compareTo(granted) >= 0).isPresent();
        if (enough || name.equals(EVERY_TOKEN)) {
            return new PermissionReport(name, granted, used, State.USED, "");
        }
        if (INVISIBLE.contains(name)) {
            return new PermissionReport(name, granted, used, State.UNKNOWN, "GitHub's audit log does not show its use");
        }
        if (!why.isEmpty()) {
            return new PermissionReport(name, granted, used, State.UNKNOWN, why);
        }
        return new PermissionReport(name, granted, used, used.isEmpty() ? State.UNUSED : State.NARROWER, "");
    }

    private List<NewPlace> newPlaces(UsedPolicy policy) {
        Instant since = now.minus(NEW);
        boolean wasUsedBefore = policy.places().values().stream().anyMatch(first -> first.isBefore(since));
        return wasUsedBefore
                ? policy.places().entrySet().stream()
                        .filter(place -> !place.getValue().isBefore(since))
                        .map(place -> new NewPlace(place.getKey(), place.getValue()))
                        .toList()
                : List.of();
    }
}
