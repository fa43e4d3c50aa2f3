package dev.octosts.exchange.policies;

import dev.octosts.api.CacheLookup;
import dev.octosts.api.InstallationChanged;
import dev.octosts.api.RepositoryChanged;
import dev.octosts.exchange.cache.Loaded;
import dev.octosts.exchange.cache.Lookup;
import dev.octosts.exchange.cache.RefreshingCache;
import dev.octosts.exchange.cache.RefreshingCache.Bounds;
import dev.octosts.exchange.github.Answer;
import dev.octosts.exchange.github.Answer.Failure;
import dev.octosts.exchange.github.Answer.Reason;
import dev.octosts.exchange.github.Answer.Success;
import dev.octosts.exchange.github.FileContent;
import dev.octosts.exchange.github.Reading;
import dev.octosts.exchange.github.RepositoryReader;
import dev.octosts.policy.Fault;
import dev.octosts.policy.TrustPolicy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads trust policies from repositories, compiles them once, and remembers them for five minutes. */
public final class PolicySource {

    private static final Logger LOG = LoggerFactory.getLogger(PolicySource.class);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final long MAXIMUM_BYTES = 24L * 1024 * 1024;
    private static final int SMALL = 512;

    private final RepositoryReader reader;
    private final RefreshingCache<PolicyFile, PolicyState, Reason> cache;

    /**
     * A source.
     *
     * @param reader reads files of repositories
     * @param nanoTime a clock that is never set
     * @param observer is told of every question to the cache
     */
    public PolicySource(RepositoryReader reader, LongSupplier nanoTime, Consumer<CacheLookup> observer) {
        this.reader = reader;
        this.cache = new RefreshingCache<>(
                "policies", new Bounds<>(MAXIMUM_BYTES, PolicySource::weight), Reason.UNAVAILABLE, nanoTime, observer);
    }

    /** Whether GitHub has said within the last minutes that there is no such policy. */
    public boolean isKnownAbsent(PolicyFile file) {
        return cache.peek(file) instanceof PolicyState.Absent;
    }

    /** Whether no file has to be read to find the policy. */
    public boolean isKnown(PolicyFile file) {
        return cache.peek(file) != null;
    }

    /** Forgets what is known of files that may be others now. */
    public void forget(RepositoryChanged changed) {
        cache.dropAll(file -> file.owner().equals(changed.owner())
                && file.repository().equals(changed.repository())
                && changed.touches(file.path()));
    }

    /** Looks anew for every file. What is known is served on while GitHub limits our requests. */
    public void expireAll() {
        cache.expireAll(file -> true);
    }

    /** Forgets every file. */
    public void forgetAll() {
        cache.dropAll(file -> true);
    }

    /** Forgets what is known of all files of an owner. */
    public void forget(InstallationChanged changed) {
        cache.dropAll(file -> file.owner().equals(changed.owner()));
    }

    /**
     * Finds a policy.
     *
     * @param file which one
     * @param reading how to read it, should it be necessary
     * @return what stands there, or why that is not known; a policy that was known within the last hour is served while
     *     GitHub limits our requests
     */
    public Answer<PolicyState> find(PolicyFile file, Reading reading) {
        return begin(file, reading).get();
    }

    /** As {@link #find}, in two steps: the look begins at once, and whoever wants the answer waits for it. */
    public Supplier<Answer<PolicyState>> begin(PolicyFile file, Reading reading) {
        var asked = cache.ask(file, previous -> load(file, reading, previous));
        return () -> answer(file, asked.await());
    }

    private static Answer<PolicyState> answer(PolicyFile file, Lookup<PolicyState, Reason> lookup) {
        return switch (lookup) {
            case Lookup.Known<PolicyState, Reason>(var state) -> new Success<>(state);
            case Lookup.Unknown<PolicyState, Reason>(var reason, var stale) -> {
                if (stale != null && reason == Reason.LIMITED) {
                    LOG.warn("GitHub limits requests: serving a known copy of {} of {}", file.path(), file.owner());
                    yield new Success<>(stale);
                }
                yield new Failure<>(reason);
            }
        };
    }

    private Loaded<PolicyState, Reason> load(PolicyFile file, Reading reading, @Nullable PolicyState previous) {
        return switch (reader.read(reading, file.repository(), file.path(), etag(previous))) {
            case Success<FileContent>(var content) -> state(file, content, previous);
            case Failure<FileContent>(var reason) -> new Loaded.Failed<>(reason);
        };
    }

    private static Loaded<PolicyState, Reason> state(
            PolicyFile file, FileContent content, @Nullable PolicyState previous) {
        return switch (content) {
            case FileContent.Unchanged() ->
                previous == null ? new Loaded.Failed<>(Reason.UNAVAILABLE) : new Loaded.Value<>(previous, FRESH);
            case FileContent.Absent() -> new Loaded.Value<>(new PolicyState.Absent(), FRESH);
            // Only what GitHub says about the file itself is remembered as absence.
            case FileContent.NotAFile() -> new Loaded.Passing<>(new PolicyState.NotAFile());
            case FileContent.Unreadable() -> new Loaded.Passing<>(new PolicyState.Unreadable());
            case FileContent.File(var bytes, var etag) -> new Loaded.Value<>(compiled(file, bytes, etag), FRESH);
        };
    }

    private static PolicyState compiled(PolicyFile file, byte[] bytes, String etag) {
        return switch (TrustPolicy.read(bytes, file.kind())) {
            case TrustPolicy.Reading.Valid(var policy) -> new PolicyState.Present(policy, etag);
            case TrustPolicy.Reading.Unparsable(var faults) -> {
                log(file, faults);
                yield new PolicyState.Unparsable(faults, etag);
            }
            case TrustPolicy.Reading.Invalid(var faults) -> {
                log(file, faults);
                yield new PolicyState.Invalid(faults, etag);
            }
        };
    }

    private static void log(PolicyFile file, List<Fault> faults) {
        LOG.info(
                "{} of {}/{} cannot be used: {}",
                file.path(),
                file.owner(),
                file.repository(),
                faults.stream()
                        .limit(10)
                        .map(fault -> fault.line() + ":" + fault.column() + " " + fault.message())
                        .collect(Collectors.joining("; ")));
    }

    private static String etag(@Nullable PolicyState previous) {
        return switch (previous) {
            case PolicyState.Present(var policy, var etag) -> etag;
            case PolicyState.Unparsable(var faults, var etag) -> etag;
            case PolicyState.Invalid(var faults, var etag) -> etag;
            case PolicyState.Absent(), PolicyState.NotAFile(), PolicyState.Unreadable() -> "";
            case null -> "";
        };
    }

    private static int weight(PolicyState state) {
        return switch (state) {
            case PolicyState.Present(var policy, var etag) -> SMALL + policy.weight();
            case PolicyState.Unparsable(var faults, var etag) -> SMALL + faults.size() * SMALL;
            case PolicyState.Invalid(var faults, var etag) -> SMALL + faults.size() * SMALL;
            case PolicyState.Absent(), PolicyState.NotAFile(), PolicyState.Unreadable() -> SMALL;
        };
    }
}
