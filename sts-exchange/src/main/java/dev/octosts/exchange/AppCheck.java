package dev.octosts.exchange;

import dev.octosts.github.AppStatus;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks GitHub whether it accepts the Apps' keys: each App at the start, all of them again every few seconds while none
 * was accepted, and every minute after that. In the meantime a key may be uploaded, a clock may be set right, or GitHub
 * may be up again.
 */
final class AppCheck implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AppCheck.class);

    /** A known App is asked about this many times less often. */
    private static final int LOOKS_AT_A_KNOWN_APP = 12;

    private final GitHub gitHub;
    private final Supplier<List<GitHubApp>> apps;
    private final List<GitHubApp> atFirst;
    private final Duration pause;
    private final CountDownLatch first;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<Long, AppStatus> known = new ConcurrentHashMap<>();

    /**
     * A check.
     *
     * @param apps the Apps that there are; the operator may change them
     * @param pause how long to wait before all Apps are asked again
     */
    AppCheck(GitHub gitHub, Supplier<List<GitHubApp>> apps, Duration pause) {
        this.gitHub = gitHub;
        this.apps = apps;
        this.atFirst = apps.get();
        this.pause = pause;
        this.first = new CountDownLatch(atFirst.size());
    }

    /** Asks about every App at once. Returns immediately. */
    void begin() {
        for (GitHubApp app : atFirst) {
            start(() -> {
                try {
                    ask(app);
                } finally {
                    first.countDown();
                }
            });
        }
        start(this::again);
    }

    private static void start(Runnable task) {
        Thread.ofVirtual().name("app-check").start(task);
    }

    /** Waits, at most so long, until GitHub has answered about every App; true when it has. */
    boolean await(Duration atMost) throws InterruptedException {
        return first.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * The ids of all Apps while GitHub rejects every one of them; else empty, also while GitHub has not said anything.
     * An App that was rejected remains so while GitHub cannot be reached.
     */
    List<Long> rejected() {
        List<GitHubApp> now = apps.get();
        boolean every = now.stream().allMatch(app -> known.get(app.id()) instanceof AppStatus.Rejected);
        return every ? now.stream().map(GitHubApp::id).distinct().toList() : List.of();
    }

    private void again() {
        try {
            first.await();
            while (!end.await(untilNext().toMillis(), TimeUnit.MILLISECONDS)) {
                List<GitHubApp> now = apps.get();
                known.keySet().retainAll(now.stream().map(GitHubApp::id).collect(Collectors.toSet()));
                now.forEach(this::ask);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** A key can be deleted at any time. Only another call finds that out before callers do. */
    private Duration untilNext() {
        return noneIsKnown() ? pause : pause.multipliedBy(LOOKS_AT_A_KNOWN_APP);
    }

    private boolean noneIsKnown() {
        return known.values().stream().noneMatch(AppStatus.Known.class::isInstance);
    }

    private void ask(GitHubApp app) {
        if (end.getCount() == 0) {
            return;
        }
        AppStatus status = gitHub.app(app);
        var before = known.get(app.id());
        if (!(status instanceof AppStatus.Unreachable && before instanceof AppStatus.Rejected)) {
            known.put(app.id(), status);
        }
        if (!status.equals(before)) {
            tell(app, status);
        }
    }

    private static void tell(GitHubApp app, AppStatus status) {
        switch (status) {
            case AppStatus.Known(var slug) -> LOG.info("GitHub knows App {} as {}", app.id(), slug);
            case AppStatus.Rejected() ->
                LOG.warn("GitHub rejects the key of App {}: {}", app.id(), AppStatus.REJECTED_ADVICE);
            case AppStatus.Unreachable(var cause) ->
                LOG.warn("GitHub does not confirm App {}: {}; {}", app.id(), cause.what(), cause.advice());
        }
    }

    /** Ends the checks. */
    @Override
    public void close() {
        end.countDown();
    }
}
