package dev.octosts.operators.access;

import dev.octosts.api.Sha256;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The logins of people. Only the digest of a session's id is kept, in the memory of this process: a restart ends all.
 * Their number and their life are bounded.
 */
public final class OperatorSessions {

    private static final int MOST = 1_000;
    private static final int MOST_OF_ONE = 5;
    private static final Duration LIFE = Duration.ofHours(8);
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;
    private final Map<String, Kept> sessions = new HashMap<>();

    /** No session yet. */
    public OperatorSessions(Clock clock) {
        this.clock = clock;
    }

    /**
     * Somebody who is logged in.
     *
     * @param operator who it is
     * @param csrf what each request that changes something must have with it
     */
    public record LoggedIn(Operator operator, String csrf) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "LoggedIn[" + operator + "]";
        }
    }

    private record Kept(LoggedIn login, Instant since, Instant used) {}

    /**
     * Begins a session.
     *
     * @return its id, a secret of the browser
     */
    public synchronized String begin(Operator operator) {
        Instant now = clock.instant();
        sessions.values().removeIf(kept -> isOver(kept, now));
        if (sessions.values().stream().filter(kept -> isOf(kept, operator)).count() >= MOST_OF_ONE) {
            removeOldest(Optional.of(operator));
        }
        if (sessions.size() >= MOST) {
            removeOldest(Optional.empty());
        }
        String id = secret();
        sessions.put(digest(id), new Kept(new LoggedIn(operator, secret()), now, now));
        return id;
    }

    private static boolean isOf(Kept kept, Operator operator) {
        return kept.login().operator().name().equals(operator.name());
    }

    private void removeOldest(Optional<Operator> of) {
        sessions.entrySet().stream()
                .filter(entry -> of.isEmpty() || isOf(entry.getValue(), of.get()))
                .min(Comparator.comparing(entry -> entry.getValue().used()))
                .map(Map.Entry::getKey)
                .ifPresent(sessions::remove);
    }

    /** The session of an id; empty when there is none, or when it is over. */
    public synchronized Optional<LoggedIn> find(String id) {
        Instant now = clock.instant();
        Kept kept = sessions.get(digest(id));
        if (kept == null) {
            return Optional.empty();
        }
        if (isOver(kept, now)) {
            sessions.remove(digest(id));
            return Optional.empty();
        }
        sessions.put(digest(id), new Kept(kept.login(), kept.since(), now));
        return Optional.of(kept.login());
    }

    /** Ends a session. */
    public synchronized void end(String id) {
        sessions.remove(digest(id));
    }

    private static boolean isOver(Kept kept, Instant now) {
        return !now.isBefore(kept.since().plus(LIFE))
                || !now.isBefore(kept.used().plus(IDLE));
    }

    /** A text that nobody can guess. */
    static String secret() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String digest(String id) {
        return Sha256.hex(id);
    }
}
