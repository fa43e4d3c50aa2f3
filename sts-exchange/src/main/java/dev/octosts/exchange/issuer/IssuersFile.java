package dev.octosts.exchange.issuer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's file of issuers that need more than a name in a list: keys from a file, a private authority or
 * network, narrower algorithms and audiences. A new version is in force as soon as the file changes; a version that
 * cannot be used changes nothing.
 */
public final class IssuersFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IssuersFile.class);
    // Read and compared: links that are switched, as Kubernetes does, do not always show in the times of a file.
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final @Nullable Path file;
    private volatile Map<String, ConfiguredIssuer> current;
    private @Nullable ScheduledThreadPoolExecutor watcher;
    private @Nullable String lastProblem;

    private IssuersFile(@Nullable Path file, Map<String, ConfiguredIssuer> issuers) {
        this.file = file;
        this.current = Map.copyOf(issuers);
    }

    /** No file: the operator describes no issuer. */
    public static IssuersFile none() {
        return new IssuersFile(null, Map.of());
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException with everything that is wrong with it
     */
    public static IssuersFile read(Path file) {
        return new IssuersFile(file, ConfiguredIssuersReader.read(file));
    }

    /**
     * The description of an issuer as it is in the file now; null when the file does not name the issuer.
     *
     * @param issuer as tokens name it
     */
    @Nullable
    public ConfiguredIssuer find(String issuer) {
        return current.get(issuer);
    }

    /**
     * Follows changes of the file from now on.
     *
     * @param changed takes the issuers whose entries have changed
     */
    public synchronized void watch(Consumer<Set<String>> changed) {
        if (file == null) {
            return;
        }
        watcher = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("issuers-file").factory());
        var _ = watcher.scheduleWithFixedDelay(
                () -> look(file, changed), BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Checks the file once. */
    void look(Path path, Consumer<Set<String>> changed) {
        String problem = null;
        try {
            Map<String, ConfiguredIssuer> read = Map.copyOf(ConfiguredIssuersReader.read(path));
            Set<String> differing = differing(current, read);
            if (!differing.isEmpty()) {
                current = read;
                changed.accept(differing);
                LOG.info("{} changed: {} issuers, of them new or different {}", path, read.size(), differing);
            }
        } catch (IllegalArgumentException unusable) {
            problem = unusable.getMessage();
        } catch (RuntimeException fault) {
            // A task that throws is never run again.
            problem = fault.toString();
        }
        if (problem != null && !Objects.equals(problem, lastProblem)) {
            LOG.warn("The issuers file cannot be used, its last good version stays in force: {}", problem);
        }
        lastProblem = problem;
    }

    /** The issuers that were added, removed or changed. */
    private static Set<String> differing(Map<String, ConfiguredIssuer> before, Map<String, ConfiguredIssuer> after) {
        return Stream.concat(after.keySet().stream(), before.keySet().stream())
                .filter(issuer -> !definition(before, issuer).equals(definition(after, issuer)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String definition(Map<String, ConfiguredIssuer> issuers, String issuer) {
        ConfiguredIssuer described = issuers.get(issuer);
        return described == null ? "" : described.definition();
    }

    @Override
    public synchronized void close() {
        if (watcher != null) {
            watcher.shutdownNow();
        }
    }
}
