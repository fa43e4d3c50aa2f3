package dev.octosts.webhook;

import dev.octosts.github.AppPools;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.HookApi;
import dev.octosts.github.HookApi.Attempt;
import dev.octosts.github.HookApi.Page;
import dev.octosts.webhook.payload.Events;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks from time to time for deliveries that failed, for instance while this service was down, and makes GitHub
 * deliver them again. It stores nothing: GitHub itself knows every attempt.
 *
 * @see <a href="https://docs.github.com/webhooks/using-webhooks/handling-failed-webhook-deliveries">GitHub: handling
 *     failed deliveries</a>
 */
final class RedeliveryScan {

    private static final Logger LOG = LoggerFactory.getLogger(RedeliveryScan.class);

    /**
     * Soon after the start, because an outage ends with a start. Not at once, so that the server handles new requests
     * first. The tests of the packaged program make it shorter: who waits half a minute for each of them learns
     * nothing.
     */
    private static final Duration FIRST = Duration.ofMillis(Long.getLong("octo-sts.first-sweep-millis", 30_000));

    /** GitHub keeps deliveries for three days. Later ones could be gone while they are requested. */
    private static final Duration KEPT = Duration.ofHours(71);

    /** A delivery that was tried just now may still be in work. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);

    private static final int MOST_PAGES = 20;
    private static final int MOST_ATTEMPTS = 3;
    private static final int MOST_AT_A_TIME = 100;

    private final HookApi deliveries;
    private final Clock clock;
    private Optional<Thread> thread = Optional.empty();

    RedeliveryScan(HookApi deliveries, Clock clock) {
        this.deliveries = deliveries;
        this.clock = clock;
    }

    /**
     * Begins to look again and again, until {@link #stop}.
     *
     * @param apps whose deliveries
     * @param every the least time from the end of one scan to the next
     */
    void start(AppPools apps, Duration every) {
        thread = Optional.of(Thread.ofVirtual().name("sweep").start(() -> run(apps, every)));
    }

    void stop() {
        thread.ifPresent(Thread::interrupt);
    }

    private void run(AppPools apps, Duration every) {
        try {
            Thread.sleep(FIRST);
            while (true) {
                apps.apps().forEach(this::tryScan);
                // Replicas that were started together must not scan at the same time.
                Thread.sleep(every.plusMillis(ThreadLocalRandom.current().nextLong(every.toMillis() / 10 + 1)));
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void tryScan(GitHubApp app) {
        try {
            scan(app);
        } catch (RuntimeException fault) {
            LOG.error("a sweep failed by a fault of this service", fault);
        }
    }

    /**
     * Scans the deliveries of an App.
     *
     * @return the number of deliveries that GitHub was asked to deliver again
     */
    int scan(GitHubApp app) {
        int again = 0;
        for (Attempt attempt : missed(app)) {
            switch (deliveries.redeliver(app, attempt.id())) {
                case Success<Boolean> _ -> again++;
                case Failure<Boolean>(var reason) -> {
                    LOG.warn("App {}: GitHub does not deliver again: {}", app.id(), reason);
                    return again;
                }
            }
        }
        if (again > 0) {
            LOG.info("App {}: {} deliveries were missed, and are delivered again", app.id(), again);
        }
        return again;
    }

    /** The last attempts at missed deliveries, in the order in which they happened. */
    private List<Attempt> missed(GitHubApp app) {
        Map<String, List<Attempt>> byGuid = new LinkedHashMap<>();
        all(app).forEach(attempt ->
                byGuid.computeIfAbsent(attempt.guid(), _ -> new ArrayList<>()).add(attempt));
        return byGuid.values().stream().filter(this::isMissed).map(List::getFirst).toList().reversed().stream()
                .limit(MOST_AT_A_TIME)
                .toList();
    }

    /** The attempts of one delivery, the latest first. */
    private boolean isMissed(List<Attempt> attempts) {
        Attempt last = attempts.getFirst();
        return Events.knows(last.event())
                && attempts.size() < MOST_ATTEMPTS
                && attempts.stream().noneMatch(RedeliveryScan::isFinal)
                && last.at().isBefore(clock.instant().minus(UNDER_WAY));
    }

    /** The delivery was accepted, or refused as it is: neither would get another answer the next time. */
    private static boolean isFinal(Attempt attempt) {
        return (attempt.status() >= 200 && attempt.status() < 300) || attempt.status() == 400;
    }

    private List<Attempt> all(GitHubApp app) {
        Instant oldest = clock.instant().minus(KEPT);
        var all = new ArrayList<Attempt>();
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            switch (deliveries.list(app, cursor)) {
                case Failure<Page>(var reason) -> {
                    // In an incomplete list a later attempt could be missing. But pages go from the latest attempt to
                    // the oldest, so every attempt that was read has all its later attempts with it.
                    LOG.warn("App {}: GitHub does not list all deliveries: {}", app.id(), reason);
                    return all;
                }
                case Success<Page>(Page(var attempts, var next)) -> {
                    attempts.stream()
                            .filter(attempt -> attempt.at().isAfter(oldest))
                            .forEach(all::add);
                    if (next.isEmpty()
                            || attempts.isEmpty()
                            || attempts.getLast().at().isBefore(oldest)) {
                        return all;
                    }
                    cursor = next.get();
                }
            }
        }
        return all;
    }
}
