package dev.octosts.exchange.source;

import dev.octosts.api.CacheLookup;
import dev.octosts.api.InstallationChanged;
import dev.octosts.api.RepositoryChanged;
import dev.octosts.api.budget.BusyException;
import dev.octosts.exchange.cache.LargeFiles;
import dev.octosts.exchange.cache.Loader.Loaded;
import dev.octosts.exchange.cache.RefreshingCache;
import dev.octosts.exchange.cache.RefreshingCache.Bounds;
import dev.octosts.exchange.cache.RefreshingCache.Lookup;
import dev.octosts.exchange.cache.RefreshingCache.Pending;
import dev.octosts.exchange.installation.ReadScope;
import dev.octosts.exchange.installation.RepositoryReader;
import dev.octosts.github.FileContent;
import dev.octosts.github.GitBlob;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.Route;
import dev.octosts.policy.TrustPolicy;
import dev.octosts.policy.diagnostic.Fault;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads trust policies from repositories, compiles them once, and remembers them for five minutes. A refusal of GitHub
 * to show a policy is remembered for one minute. When GitHub limits the requests of an App, another one reads.
 */
public final class PolicySource {

    private static final Logger LOG = LoggerFactory.getLogger(PolicySource.class);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration REFUSED = Duration.ofMinutes(1);
    private static final int MAXIMUM_APPS = 3;
    private static final long MAXIMUM_BYTES = 24L * 1024 * 1024;
    private static final int SMALL = 512;

    private final RepositoryReader reader;
    private final RefreshingCache<PolicyFile, Known, Reason> cache;

    /**
     * The cache entry of a file.
     *
     * @param answer the content, or that GitHub refuses to show it
     * @param reader the route by which it was read
     */
    private record Known(GitHubResult<PolicyState> answer, Route reader) {

        boolean isAbsent() {
            return answer.equals(ABSENT);
        }

        int weight() {
            return answer instanceof Success<PolicyState>(var state) ? PolicySource.weight(state) : SMALL;
        }
    }

    private static final GitHubResult<PolicyState> ABSENT = new Success<>(new PolicyState.Absent());

    /**
     * The result of a lookup of a policy.
     *
     * @param answer the policy, or why it is not known
     * @param route the route for the rest of the exchange: the one that was asked for, or that of another App that had
     *     to read the policy
     */
    public record Found(GitHubResult<PolicyState> answer, Route route) {}

    /** The routes through the other Apps of a pool, in case the first App cannot read. */
    @FunctionalInterface
    public interface Others {

        /** One after the other. Each route is looked up when it is requested. */
        Iterator<Route> routes();
    }

    /**
     * A source.
     *
     * @param reader reads files of repositories
     * @param nanoTime a clock that is never set
     * @param observer is notified of every lookup to the cache
     */
    public PolicySource(RepositoryReader reader, LongSupplier nanoTime, Consumer<CacheLookup> observer) {
        this.reader = reader;
        this.cache = new RefreshingCache<>(
                "policies", new Bounds<>(MAXIMUM_BYTES, Known::weight), Reason.UNAVAILABLE, nanoTime, observer);
    }

    /** Whether GitHub has said within the last minutes that there is no such policy. */
    public boolean isKnownAbsent(PolicyFile file) {
        Known known = cache.fresh(file);
        return known != null && known.isAbsent();
    }

    /**
     * Whether a lookup would find nothing new, or costs no call: the policy was there within the last hour, or its
     * absence is known, or it is being read for another caller.
     */
    public boolean isRemembered(PolicyFile file) {
        return cache.isLoading(file)
                || cache.kept(file)
                        .filter(known -> !known.isAbsent() || cache.fresh(file) != null)
                        .isPresent();
    }

    /** Whether no file has to be read to find the policy. */
    public boolean isKnown(PolicyFile file) {
        return cache.fresh(file) != null;
    }

    /** Forgets files that may have changed. */
    public void forget(RepositoryChanged changed) {
        cache.dropAll(file -> file.owner().equals(changed.owner())
                && file.repository().equals(changed.repository())
                && changed.touches(file.path()));
    }

    /** Expires every file. Known policies are still served while GitHub limits our requests. */
    public void expireAll() {
        cache.expireAll(file -> true);
    }

    /** Forgets every file. */
    public void forgetAll() {
        cache.dropAll(file -> true);
    }

    /** Forgets all files of an owner. */
    public void forget(InstallationChanged changed) {
        cache.dropAll(file -> file.owner().equals(changed.owner()));
    }

    /**
     * Finds a policy.
     *
     * @param file which one
     * @param reading how to read it, should it be necessary
     * @return the policy, or why it is not known; a policy that was known within the last hour is served while GitHub
     *     limits our requests
     */
    public GitHubResult<PolicyState> find(PolicyFile file, ReadScope reading) {
        return begin(file, reading, Collections::emptyIterator).get().answer();
    }

    /**
     * As {@link #find}, in two steps: the lookup begins at once, and {@code get} waits for the answer.
     *
     * @param others the routes to try when GitHub limits the requests of the first App, or does not show it the
     *     repository
     */
    public Supplier<Found> begin(PolicyFile file, ReadScope reading, Others others) {
        Pending<Known, Reason> pending = cache.begin(file, previous -> load(file, reading, others, previous));
        return () -> found(file, reading.route(), pending);
    }

    private static Found found(PolicyFile file, Route route, Pending<Known, Reason> pending) {
        return switch (pending.await()) {
            case Lookup.Known<Known, Reason>(var known) ->
                new Found(known.answer(), pending.isRemembered() ? route : known.reader());
            case Lookup.Unknown<Known, Reason>(var reason, var stale) -> {
                // A refusal of GitHub has taken the place of what was known before.
                if (stale != null && reason == Reason.LIMITED && stale.answer() instanceof Success) {
                    LOG.warn("GitHub limits requests: serving a known copy of {} of {}", file.path(), file.owner());
                    yield new Found(stale.answer(), route);
                }
                yield new Found(new Failure<>(reason), route);
            }
        };
    }

    /**
     * Reads through one App after the other, three at most. When an App does not see the repository, that is absence
     * only if no other App sees it.
     */
    private Loaded<Known, Reason> load(PolicyFile file, ReadScope first, Others others, @Nullable Known previous) {
        Iterator<Route> further = Collections.emptyIterator();
        boolean limited = false;
        ReadScope reading = first;
        for (int apps = 1; true; apps++) {
            Route route = reading.route();
            switch (reader.read(reading, file.repository(), file.path(), etag(previous))) {
                case Success<FileContent>(var content) -> {
                    return state(file, content, route, previous);
                }
                case Failure<FileContent>(var reason) -> {
                    switch (reason) {
                        case LIMITED -> limited = true;
                        case UNPROCESSABLE -> {}
                        case FORBIDDEN -> {
                            return new Loaded.Value<>(new Known(new Failure<>(reason), route), REFUSED);
                        }
                        case NOT_FOUND, UNAUTHORIZED, UNAVAILABLE -> {
                            return new Loaded.Failed<>(reason);
                        }
                    }
                }
            }
            if (apps == 1) {
                further = others.routes();
            }
            boolean more = further.hasNext();
            if (!more || apps == MAXIMUM_APPS) {
                return limited ? new Loaded.Failed<>(Reason.LIMITED) : hidden(route, more);
            }
            reading = ReadScope.of(further.next(), file.repository());
        }
    }

    /** No App that was asked sees the repository. */
    private static Loaded<Known, Reason> hidden(Route route, boolean othersMay) {
        var absent = new Known(ABSENT, route);
        return othersMay ? new Loaded.Passing<>(absent) : new Loaded.Value<>(absent, FRESH);
    }

    private static Loaded<Known, Reason> state(
            PolicyFile file, FileContent content, Route route, @Nullable Known previous) {
        return switch (content) {
            // Only a version that we have can be unchanged.
            case FileContent.Unchanged() ->
                previous == null || etag(previous).isEmpty()
                        ? new Loaded.Failed<>(Reason.UNAVAILABLE)
                        : new Loaded.Value<>(new Known(previous.answer(), route), FRESH);
            case FileContent.Absent() -> new Loaded.Value<>(new Known(ABSENT, route), FRESH);
            case FileContent.NotAFile(), FileContent.Link() -> neverFresh(new PolicyState.NotAFile(), route);
            case FileContent.Unreadable() -> neverFresh(new PolicyState.Unreadable(), route);
            case FileContent.File(var bytes, var etag) -> {
                try {
                    yield new Loaded.Value<>(new Known(new Success<>(compiled(file, bytes, etag)), route), FRESH);
                } catch (BusyException busy) {
                    yield new Loaded.Failed<>(Reason.UNAVAILABLE);
                }
            }
        };
    }

    /** Looked up again each time, but it takes the place of the policy that was there before. */
    private static Loaded<Known, Reason> neverFresh(PolicyState state, Route route) {
        return new Loaded.Value<>(new Known(new Success<>(state), route), Duration.ZERO);
    }

    private static PolicyState compiled(PolicyFile file, byte[] bytes, String etag) throws BusyException {
        return switch (LargeFiles.parse(file.owner(), bytes, text -> TrustPolicy.read(text, file.kind()))) {
            case TrustPolicy.Reading.Valid(var policy) -> new PolicyState.Present(policy, etag, GitBlob.id(bytes));
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

    private static String etag(@Nullable Known previous) {
        return previous != null && previous.answer() instanceof Success<PolicyState>(var state) ? etag(state) : "";
    }

    private static String etag(PolicyState state) {
        return switch (state) {
            case PolicyState.Present(var policy, var etag, var blob) -> etag;
            case PolicyState.Unparsable(var faults, var etag) -> etag;
            case PolicyState.Invalid(var faults, var etag) -> etag;
            case PolicyState.Absent(), PolicyState.NotAFile(), PolicyState.Unreadable() -> "";
        };
    }

    private static int weight(PolicyState state) {
        return switch (state) {
            case PolicyState.Present(var policy, var etag, var blob) -> SMALL + policy.weight();
            case PolicyState.Unparsable(var faults, var etag) -> SMALL + faults.size() * SMALL;
            case PolicyState.Invalid(var faults, var etag) -> SMALL + faults.size() * SMALL;
            case PolicyState.Absent(), PolicyState.NotAFile(), PolicyState.Unreadable() -> SMALL;
        };
    }
}
