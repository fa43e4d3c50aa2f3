package dev.octosts.app.metrics;

import dev.octosts.api.AuditNote;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHubApp;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Shows by its fingerprint which key of each App is in use. Nothing is called for it. There is a series for each key
 * that was in use since the start: 1 while it is, and 0 after that. When it is another one, the audit gets to know it.
 */
@ApplicationScoped
class AppKeyMetrics {

    private static final Metadata KEYS = Meters.described(
            "octosts_app_key_info", "Keys of Apps by fingerprint: 1 for the one in use, 0 for one that was.");
    private static final String UNKNOWN = "unknown";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    private static final int AFTER_THE_SERVER = Interceptor.Priority.PLATFORM_AFTER + 300;

    /** Meters are never removed: {@link QuotaMetrics} says why. Keys beyond these have none. */
    private static final int MAX_SERIES = 2_000;

    private final MetricRegistry registry;
    private final Set<AppKey> registered = ConcurrentHashMap.newKeySet();
    private final Consumer<AuditNote> notes;

    /** The fingerprint that each App's key had last, as far as it is known. */
    private final Map<Long, String> last = new HashMap<>();

    private volatile Set<AppKey> inUse = Set.of();
    private Optional<Thread> thread = Optional.empty();

    private record AppKey(long app, String fingerprint) {

        static AppKey of(GitHubApp app) {
            return new AppKey(app.id(), app.fingerprint().orElse(UNKNOWN));
        }
    }

    @Inject
    AppKeyMetrics(MetricRegistry registry, Event<AuditNote> notes) {
        this(registry, (Consumer<AuditNote>) notes::fire);
    }

    AppKeyMetrics(MetricRegistry registry, Consumer<AuditNote> notes) {
        this.registry = registry;
        this.notes = notes;
    }

    void begin(
            @Observes @Initialized(ApplicationScoped.class) @Priority(AFTER_THE_SERVER) Object event, AppPools apps) {
        thread = Optional.of(Thread.ofVirtual().name("app-keys").start(() -> follow(apps)));
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        thread.ifPresent(Thread::interrupt);
    }

    private void follow(AppPools apps) {
        try {
            while (true) {
                Uncounted.tolerate(() -> look(apps));
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks once which keys are in use. */
    void look(AppPools apps) {
        apps.apps().forEach(this::noteChange);
        last.keySet().retainAll(apps.apps().stream().map(GitHubApp::id).toList());
        inUse = apps.apps().stream().map(AppKey::of).collect(Collectors.toUnmodifiableSet());
        for (AppKey key : inUse) {
            if (registered.size() < MAX_SERIES && registered.add(key)) {
                registry.gauge(
                        KEYS,
                        this,
                        metrics -> metrics.inUse.contains(key) ? 1 : 0,
                        new Tag("app_id", Long.toString(key.app())),
                        new Tag("fingerprint", key.fingerprint()));
            }
        }
    }

    /** A key that gets to be known is no change; one whose fingerprint is not known may be the same one. */
    private void noteChange(GitHubApp app) {
        var key = app.keyInUse();
        key.fingerprint().ifPresent(now -> {
            var before = last.put(app.id(), now);
            if (before != null && !before.equals(now)) {
                notes.accept(new AuditNote(
                        AuditNote.About.KEY,
                        "in-use",
                        "",
                        "",
                        Map.of(
                                "app_id",
                                Long.toString(app.id()),
                                "key",
                                key.name(),
                                "fingerprint",
                                now,
                                "before",
                                before),
                        Instant.now()));
            }
        });
    }
}
