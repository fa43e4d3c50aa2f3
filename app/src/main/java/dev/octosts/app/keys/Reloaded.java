package dev.octosts.app.keys;

import dev.octosts.api.Sha256;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was read from a {@link SecretSource}, and is read again while the program runs. A sound change is taken, and
 * logged once; one that is not sound changes nothing, and is logged once. Content is compared and not the times of
 * files: a link that is switched, as Kubernetes does with its volumes, does not always show in them.
 *
 * @param <T> what the content means; two that are equal are no change
 */
public final class Reloaded<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Reloaded.class);

    /** What was refused may be sound later although it is the same: it may name a file that comes after it. */
    private static final Duration REFUSED_FOR = Duration.ofMinutes(1);

    private static final byte[] NONE = {};

    private final String name;
    private final SecretSource source;
    private final Function<byte[], T> meaning;
    private final Acceptance<T> acceptance;
    private final LongSupplier nanoTime;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Rereadings rereadings = new Rereadings();
    private volatile T current;

    // Only its digests are remembered of the content; all of these are guarded by the lock.
    private byte[] accepted;
    private byte[] refused = NONE;
    private long refusedAt;
    private String problem = "";

    /** The last look at a change before it is taken. */
    @FunctionalInterface
    public interface Acceptance<T> {

        /**
         * Takes a look.
         *
         * @return what the log says of the change; empty for nothing
         * @throws IllegalArgumentException when it is not taken, with the reason as its message
         */
        String accept(T before, T after);
    }

    private Reloaded(
            String name,
            SecretSource source,
            Function<byte[], T> meaning,
            Acceptance<T> acceptance,
            LongSupplier nanoTime,
            T current,
            byte[] accepted) {
        this.name = name;
        this.source = source;
        this.meaning = meaning;
        this.acceptance = acceptance;
        this.nanoTime = nanoTime;
        this.current = current;
        this.accepted = accepted;
    }

    /**
     * Reads for the first time.
     *
     * @param name what logs call it
     * @param meaning reads the content, which is cleared after that; throws {@link IllegalArgumentException} with the
     *     fault as its message
     * @throws IllegalArgumentException when there is nothing sound
     */
    public static <T> Reloaded<T> first(
            String name, SecretSource source, Function<byte[], T> meaning, Acceptance<T> acceptance) {
        return first(name, source, meaning, acceptance, System::nanoTime);
    }

    static <T> Reloaded<T> first(
            String name,
            SecretSource source,
            Function<byte[], T> meaning,
            Acceptance<T> acceptance,
            LongSupplier nanoTime) {
        byte[] content = source.read();
        try {
            return new Reloaded<>(
                    name, source, meaning, acceptance, nanoTime, meaning.apply(content), Sha256.of(content));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** As {@link #first}, for what was read before in another way. */
    public static <T> Reloaded<T> known(
            String name, T known, SecretSource source, Function<byte[], T> meaning, Acceptance<T> acceptance) {
        return new Reloaded<>(name, source, meaning, acceptance, System::nanoTime, known, NONE);
    }

    /** This, which reports what becomes of changes. */
    public Reloaded<T> reporting(Rereadings to) {
        rereadings = to;
        return this;
    }

    /** What was read last, and was sound. */
    public T current() {
        return current;
    }

    /** Whether reading it takes no call. */
    public boolean isLocal() {
        return source.isLocal();
    }

    /**
     * Reads again, unless another thread does.
     *
     * @return whether there is something else now
     */
    public boolean readAgain() {
        if (!reading.tryLock()) {
            return false;
        }
        try {
            byte[] content = source.read();
            try {
                return isAnother(content, Sha256.of(content));
            } finally {
                Arrays.fill(content, (byte) 0);
            }
        } catch (IllegalArgumentException unreadable) {
            refuse(String.valueOf(unreadable.getMessage()));
            return false;
        } finally {
            reading.unlock();
        }
    }

    private boolean isAnother(byte[] content, byte[] digest) {
        if (MessageDigest.isEqual(digest, accepted)) {
            unchanged(digest);
            return false;
        }
        if (MessageDigest.isEqual(digest, refused) && nanoTime.getAsLong() - refusedAt < REFUSED_FOR.toNanos()) {
            return false;
        }
        refused = digest;
        refusedAt = nanoTime.getAsLong();
        T found = meaning.apply(content);
        if (found.equals(current)) {
            unchanged(digest);
            return false;
        }
        String said = acceptance.accept(current, found);
        current = found;
        accepted = digest;
        refused = NONE;
        problem = "";
        LOG.info("{} is another one, and is used from now on{}", name, said.isEmpty() ? "" : ": " + said);
        report(true, said);
        return true;
    }

    private void unchanged(byte[] digest) {
        accepted = digest;
        refused = NONE;
        if (!problem.isEmpty()) {
            problem = "";
            LOG.info("{} can be used again, and is the one in use", name);
        }
    }

    private void refuse(String fault) {
        if (!fault.equals(problem)) {
            problem = fault;
            LOG.error("{} cannot be used, and the one before stays in use: {}", name, fault);
            report(false, fault);
        }
    }

    private void report(boolean taken, String text) {
        rereadings.report(new Rereadings.Rereading(name, source.provider(), taken, text));
    }

    @Override
    public String toString() {
        return "Reloaded[" + name + "]";
    }
}
