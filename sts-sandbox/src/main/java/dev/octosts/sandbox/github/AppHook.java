package dev.octosts.sandbox.github;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The webhook of an App. It delivers once, keeps the result for three days, and delivers again on request.
 *
 * @see <a href="https://docs.github.com/en/rest/apps/webhooks">Webhooks of an App</a>
 */
public final class AppHook {
    private static final Duration KEPT = Duration.ofDays(3);
    private static final AtomicLong IDS = new AtomicLong(9_000_000);

    private final ConcurrentSkipListMap<Long, Delivered> attempts = new ConcurrentSkipListMap<>();
    private final Clock clock;
    private volatile Receiver receiver = (_, _, _) -> 0;

    AppHook(Clock clock) {
        this.clock = clock;
    }

    /** A receiver of deliveries. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Takes a delivery.
         *
         * @return the HTTP status, or 0 when there is no answer
         */
        int receive(String guid, String event, String payload);
    }

    /** An attempt to deliver. */
    public record Attempt(long id, String guid, String event, Instant at, boolean redelivery, int status) {

        private Attempt earlier(Duration by) {
            return new Attempt(id, guid, event, at.minus(by), redelivery, status);
        }
    }

    /** An attempt and the payload that it delivered. */
    private record Delivered(Attempt attempt, String payload) {}

    public AppHook to(Receiver other) {
        receiver = other;
        return this;
    }

    /** Delivers an event, and waits for the answer. */
    public Attempt deliver(String event, String payload) {
        return attempt(UUID.randomUUID().toString(), event, payload, false);
    }

    private Attempt attempt(String guid, String event, String payload, boolean again) {
        int status = receiver.receive(guid, event, payload);
        var attempt = new Attempt(IDS.incrementAndGet(), guid, event, clock.instant(), again, status);
        synchronized (attempts) {
            attempts.put(attempt.id(), new Delivered(attempt, payload));
            attempts.notifyAll();
        }
        return attempt;
    }

    /** Waits until there were that many attempts. */
    public void await(int count) throws InterruptedException {
        synchronized (attempts) {
            while (attempts.size() < count) {
                attempts.wait();
            }
        }
    }

    /** The attempts that are kept, the latest first. */
    public List<Attempt> attempts() {
        var oldest = clock.instant().minus(KEPT);
        return attempts.descendingMap().values().stream()
                .map(Delivered::attempt)
                .filter(attempt -> attempt.at().isAfter(oldest))
                .toList();
    }

    /** Makes all attempts older by this time, as if it had passed. */
    public void age(Duration by) {
        synchronized (attempts) {
            attempts.replaceAll((_, known) -> new Delivered(known.attempt().earlier(by), known.payload()));
        }
    }

    Optional<Attempt> find(long id) {
        return attempts().stream().filter(attempt -> attempt.id() == id).findFirst();
    }

    /** Delivers again, later. */
    boolean redeliver(long id) {
        var known = find(id).flatMap(found -> Optional.ofNullable(attempts.get(id)));
        known.ifPresent(found -> Thread.ofVirtual()
                .start(() -> attempt(found.attempt().guid(), found.attempt().event(), found.payload(), true)));
        return known.isPresent();
    }
}
