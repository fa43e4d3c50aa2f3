package dev.octosts.app.settings;

import dev.octosts.api.AuditNote;
import dev.octosts.app.keys.Reloaded;
import dev.octosts.app.keys.Rereadings.Rereading;
import dev.octosts.github.AppCredential;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is read again while the program runs: keys and secrets in files, and the file of the Apps, every few seconds;
 * keys and secrets in managers of secrets, every few minutes. No request waits for any of it.
 */
public final class Reloading implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

    private static final Duration BETWEEN_LOOKS_AT_FILES = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS_AT_MANAGERS = Duration.ofSeconds(270);

    /** Replicas that started together do not ask together for ever. */
    private static final Duration JITTER = Duration.ofSeconds(60);

    private final Map<String, List<AppCredential>> start;
    private final Optional<Reloaded<Map<String, List<AppCredential>>>> apps;
    private final KeySources keys;
    private final LiveSecrets secrets;
    private @Nullable ScheduledExecutorService timer;

    /**
     * @param start the Apps by owner as they were read first
     * @param apps empty when no file has the Apps
     */
    private Reloading(
            Map<String, List<AppCredential>> start,
            Optional<Reloaded<Map<String, List<AppCredential>>>> apps,
            KeySources keys,
            LiveSecrets secrets) {
        this.start = start;
        this.apps = apps;
        this.keys = keys;
        this.secrets = secrets;
    }

    /**
     * What the settings have to be read again.
     *
     * @param apps by owner, as they were read first
     * @param secrets of the webhook
     */
    static Reloading of(
            Variables variables, KeySources keys, Map<String, List<AppCredential>> apps, LiveSecrets secrets) {
        return new Reloading(
                apps,
                variables
                        .text(AppSettings.CONFIG_FILE)
                        .map(path -> new AppsFile(variables.all(), keys, path).after(apps)),
                keys,
                secrets);
    }

    /**
     * Begins to read again, until {@link #close}.
     *
     * @param changed takes the Apps by owner when the file has others
     * @param notes takes what the audit has to know
     */
    public synchronized void begin(Consumer<Map<String, List<AppCredential>>> changed, Consumer<AuditNote> notes) {
        if (apps.isEmpty() && keys.stored().isEmpty() && !secrets.change()) {
            return;
        }
        listen(notes);
        var started = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("reloading").factory());
        timer = started;
        long pause = BETWEEN_LOOKS_AT_FILES.toMillis();
        var _ = started.scheduleWithFixedDelay(
                () -> tolerantly(() -> lookAtFiles(changed)), pause, pause, TimeUnit.MILLISECONDS);
        planManagers(started);
    }

    /** Notes what becomes of changes. */
    void listen(Consumer<AuditNote> notes) {
        keys.rereadings().listen(rereading -> notes.accept(note(rereading)));
    }

    private AuditNote note(Rereading rereading) {
        var ids = apps.map(Reloaded::current).orElse(start).values().stream()
                .flatMap(List::stream)
                .filter(app -> app.keys().stream().anyMatch(key -> key.name().equals(rereading.what())))
                .map(app -> Long.toString(app.appId()))
                .distinct()
                .toList();
        var details = new HashMap<>(Map.of("what", rereading.what(), "provider", rereading.provider()));
        if (!ids.isEmpty()) {
            details.put("app_id", String.join(",", ids));
        }
        if (!rereading.text().isEmpty()) {
            details.put(!rereading.taken() ? "reason" : ids.isEmpty() ? "change" : "fingerprint", rereading.text());
        }
        var action = rereading.taken() ? "change-taken" : "change-refused";
        return new AuditNote(AuditNote.About.KEY, action, "", "", details, Instant.now());
    }

    /** A manager may be slow: it is asked on a thread of its own, and files are looked at meanwhile. */
    private void planManagers(ScheduledExecutorService started) {
        long pause = BETWEEN_LOOKS_AT_MANAGERS.toMillis()
                + ThreadLocalRandom.current().nextLong(JITTER.toMillis());
        try {
            var _ = started.schedule(
                    () -> Thread.ofVirtual().name("reloading-managers").start(() -> {
                        tolerantly(this::lookAtManagers);
                        planManagers(started);
                    }),
                    pause,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ended) {
            // The program stops.
        }
    }

    private static void tolerantly(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException fault) {
            // A task that throws is never run again.
            LOG.error("reading settings again failed by a fault of this service", fault);
        }
    }

    /** Looks once at what is in files. */
    void lookAtFiles(Consumer<Map<String, List<AppCredential>>> changed) {
        apps.ifPresent(file -> {
            if (file.readAgain()) {
                changed.accept(file.current());
            }
            keys.keepOnly(file.current());
        });
        keys.stored().stream().filter(key -> key.isLocal()).forEach(key -> key.readAgain());
        secrets.look(true);
    }

    /** Looks once at what is in managers of secrets. */
    void lookAtManagers() {
        keys.stored().stream().filter(key -> !key.isLocal()).forEach(key -> key.readAgain());
        secrets.look(false);
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }

    @Override
    public String toString() {
        return "Reloading[***]";
    }
}
