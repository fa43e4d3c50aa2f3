package dev.octosts.app.usage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.usage.UsageReport.LateToken;
import dev.octosts.policy.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is known of one policy: what it granted last, and what its tokens did. Everything in it is bounded. */
final class UsedPolicy {

    private static final int MOST_NAMES = 500;

    /** A shorter time after the end of a run may be the time that the log needs. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final String path;
    private final AuditRecord.RecordedTarget target;
    private long grants;
    private Optional<Instant> lastGrant = Optional.empty();
    private boolean deleted;
    private String blob = "";
    private long grantsOfBlob;
    private Optional<Window> grantedIn = Optional.empty();
    private final SortedMap<String, Since> granted = new TreeMap<>();
    private Map<String, Since> grantedBefore = Map.of();
    private final SortedSet<String> repositories = new TreeSet<>();
    private long events;
    private final SortedMap<String, Level> used = new TreeMap<>();
    private final SortedMap<String, Long> actions = new TreeMap<>();
    private final SortedSet<String> askedRepositories = new TreeSet<>();
    private final SortedSet<String> usedRepositories = new TreeSet<>();
    private final SortedMap<String, Long> requests = new TreeMap<>();
    private final SortedMap<String, Long> answers = new TreeMap<>();
    private final SortedMap<String, Long> unknown = new TreeMap<>();
    private final SortedMap<String, Instant> places = new TreeMap<>();
    private final SortedMap<String, LateToken> late = new TreeMap<>();

    UsedPolicy(String path, AuditRecord.RecordedTarget target) {
        this.path = path;
        this.target = target;
    }

    /**
     * A level that tokens have had without a break.
     *
     * @param at since when
     */
    record Since(Level level, Instant at) {}

    private record Window(Instant from, Instant until) {}

    /** A record of the policy itself. */
    void changed(AuditRecord record) {
        deleted = record.outcome().equals("deleted");
    }

    /** A token of the policy. Only the newest version of the policy says what is granted. */
    void granted(AuditRecord record, JsonNode data) {
        grants++;
        deleted = false;
        lastGrant = Optional.of(record.at());
        if (!blob.equals(record.policy().blob())) {
            blob = record.policy().blob();
            grantedBefore = Map.copyOf(granted);
            granted.clear();
            repositories.clear();
            grantsOfBlob = 0;
            grantedIn = Optional.empty();
        }
        grantsOfBlob++;
        Instant end = record.token().expiresAt().orElse(record.at());
        grantedIn = Optional.of(new Window(grantedIn.map(Window::from).orElse(record.at()), end));
        data.path("permissions")
                .properties()
                .forEach(entry -> Level.of(entry.getValue().asText())
                        .ifPresent(level -> grant(entry.getKey(), level, record.at())));
        data.path("repositories").forEach(name -> note(repositories, name.asText()));
    }

    private void grant(String permission, Level level, Instant at) {
        Since now = granted.get(permission);
        if (now == null || level.compareTo(now.level()) > 0) {
            Instant since = Optional.ofNullable(grantedBefore.get(permission))
                    .filter(before -> before.level().compareTo(level) >= 0)
                    .map(Since::at)
                    .orElse(at);
            granted.put(permission, new Since(level, since));
        }
    }

    private static Level higher(Level one, Level other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Something that a token of the policy did. */
    void did(UsageStore.Used use, ApiPermissions table, Map<String, List<Instant>> endedRuns) {
        UsageEvent event = use.event();
        events++;
        count(actions, event.action());
        if (!event.repository().isEmpty()) {
            String name = event.owner() + "/" + event.repository();
            note(askedRepositories, name);
            if (!event.request().isRefused()) {
                note(usedRepositories, name);
            }
        }
        String request = event.request().method() + " " + event.request().path();
        boolean isRequest = event.action().equals(UsageEvent.API_REQUEST);
        if (isRequest) {
            count(requests, request);
            count(answers, event.request().words());
        }
        table.of(event)
                .ifPresentOrElse(
                        needs -> needs.forEach(need -> used.merge(need.permission(), need.level(), UsedPolicy::higher)),
                        () -> count(unknown, isRequest ? request : event.action()));
        if (!event.place().isEmpty() && (places.size() < MOST_NAMES || places.containsKey(event.place()))) {
            places.putIfAbsent(event.place(), event.at());
        }
        endedRuns.getOrDefault(use.run(), List.of()).stream()
                .filter(end -> !end.isBefore(use.grant().at()) && event.at().isAfter(end.plus(GRACE)))
                .min(Instant::compareTo)
                .ifPresent(end -> tooLate(use, end));
    }

    private void tooLate(UsageStore.Used use, Instant end) {
        String token = use.event().token();
        LateToken before = late.get(token);
        if (before != null || late.size() < MOST_NAMES) {
            late.put(
                    token,
                    new LateToken(token, use.run(), end, use.event().at(), before == null ? 1 : before.events() + 1));
        }
    }

    private static void count(SortedMap<String, Long> counts, String name) {
        if (counts.size() < MOST_NAMES || counts.containsKey(name)) {
            counts.merge(name, 1L, Long::sum);
        }
    }

    private static void note(SortedSet<String> names, String name) {
        if (names.size() < MOST_NAMES) {
            names.add(name);
        }
    }

    String path() {
        return path;
    }

    AuditRecord.RecordedTarget target() {
        return target;
    }

    long grants() {
        return grants;
    }

    Optional<Instant> lastGrant() {
        return lastGrant;
    }

    boolean isDeleted() {
        return deleted;
    }

    String blob() {
        return blob;
    }

    /** Whether a token of the newest version lived in this time. */
    boolean isGrantedIn(Instant from, Instant until) {
        return grantsOfBlob > 0
                && grantedIn
                        .filter(time ->
                                !time.until().isBefore(from) && !time.from().isAfter(until))
                        .isPresent();
    }

    SortedMap<String, Since> granted() {
        return granted;
    }

    SortedSet<String> repositories() {
        return repositories;
    }

    long events() {
        return events;
    }

    SortedMap<String, Level> used() {
        return used;
    }

    SortedMap<String, Long> actions() {
        return actions;
    }

    SortedMap<String, Long> requests() {
        return requests;
    }

    /** The requests with GitHub's answers. */
    SortedMap<String, Long> answers() {
        return answers;
    }

    /** Where something was done or asked, whatever the answer was. */
    SortedSet<String> askedRepositories() {
        return askedRepositories;
    }

    /** Where GitHub's answer was a success, or is not known. */
    SortedSet<String> usedRepositories() {
        return usedRepositories;
    }

    /** What was done that may have needed any permission. */
    SortedMap<String, Long> unknown() {
        return unknown;
    }

    /** Where it was done, with the first time. */
    SortedMap<String, Instant> places() {
        return places;
    }

    /** In the order of their tokens. */
    List<LateToken> late() {
        return List.copyOf(late.values());
    }
}
