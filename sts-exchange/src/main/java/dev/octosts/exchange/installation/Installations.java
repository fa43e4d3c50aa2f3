package dev.octosts.exchange.installation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.api.CacheLookup;
import dev.octosts.api.InstallationChanged;
import dev.octosts.exchange.cache.Loader.Loaded;
import dev.octosts.exchange.cache.RefreshingCache;
import dev.octosts.exchange.cache.RefreshingCache.Bounds;
import dev.octosts.exchange.cache.RefreshingCache.Lookup;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Finds the installation that serves an owner, and remembers it. */
public final class Installations {

    private static final Duration FOUND = Duration.ofHours(1);
    private static final Duration NONE = Duration.ofMinutes(5);
    private static final int MAXIMUM_ENTRIES = 20_000;

    /**
     * How long the account of an installation counts as known without another lookup, when nothing else confirms it.
     */
    private static final Duration CONFIRMED = Duration.ofMinutes(1);

    private final GitHub gitHub;
    private final RefreshingCache<Key, Optional<Installation>, Reason> cache;
    private final Cache<Key, Long> confirmed;

    /**
     * An empty cache of installations.
     *
     * @param gitHub where to look
     * @param nanoTime a clock that is never set
     * @param observer is notified of every lookup in the cache
     */
    public Installations(GitHub gitHub, LongSupplier nanoTime, Consumer<CacheLookup> observer) {
        this.gitHub = gitHub;
        this.cache = new RefreshingCache<>(
                "installations", new Bounds<>(MAXIMUM_ENTRIES, entry -> 1), Reason.UNAVAILABLE, nanoTime, observer);
        this.confirmed = Caffeine.newBuilder()
                .maximumSize(MAXIMUM_ENTRIES)
                .expireAfterWrite(CONFIRMED)
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /** The result of a lookup for an owner. */
    public sealed interface Result {

        /**
         * An App that can act for the owner.
         *
         * @param app the App
         * @param installation its installation on the owner's account
         */
        record Found(GitHubApp app, Installation installation) implements Result {}

        /** None of the Apps is installed on the account. */
        record None() implements Result {}

        /** The App is installed, and the account's owner has suspended it. */
        record Suspended() implements Result {}

        /**
         * It could not be found out.
         *
         * @param reason why
         */
        record Unknown(Reason reason) implements Result {}
    }

    /** The known state of an App for an owner, without a call to GitHub. */
    public enum Presence {
        INSTALLED,
        /** Not installed, or suspended. */
        ABSENT,
        UNKNOWN
    }

    /** Whether an App can act for an owner, as far as this is known without waiting. */
    public Presence presence(GitHubApp app, String owner) {
        return cache.fresh(new Key(app.id(), owner), previous -> load(app, owner))
                .map(found ->
                        found.filter(installation -> !installation.suspended()).isPresent()
                                ? Presence.INSTALLED
                                : Presence.ABSENT)
                .orElse(Presence.UNKNOWN);
    }

    /**
     * Finds an App that can act for an owner.
     *
     * @param candidates the Apps to ask, in order; one that is not installed is passed over
     * @param owner the account, in lower case
     */
    public Result find(List<GitHubApp> candidates, String owner) {
        Result worst = new Result.None();
        for (GitHubApp app : candidates) {
            Result result = find(app, owner);
            switch (result) {
                case Result.Found found -> {
                    return found;
                }
                case Result.None none -> {}
                // Not knowing weighs more than a suspension, and a limit more than another failure.
                case Result.Suspended suspended -> worst = worst instanceof Result.Unknown ? worst : suspended;
                case Result.Unknown unknown ->
                    worst = worst instanceof Result.Unknown(var reason) && reason == Reason.LIMITED ? worst : unknown;
            }
        }
        return worst;
    }

    /** Reads from GitHub past the cache, and does not fill the cache. */
    public Result lookPastCache(GitHubApp app, String owner) {
        return switch (load(app, owner)) {
            case Loaded.Value<Optional<Installation>, Reason>(var found, var fresh) -> result(app, found);
            case Loaded.Passing<Optional<Installation>, Reason>(var found) -> result(app, found);
            case Loaded.Failed<Optional<Installation>, Reason>(var reason) -> new Result.Unknown(reason);
        };
    }

    /**
     * An installation whose account GitHub has confirmed within the last minute; asks GitHub again when that is longer
     * ago.
     *
     * @param known the installation as it is remembered
     */
    Result confirm(GitHubApp app, String owner, Installation known) {
        var key = new Key(app.id(), owner);
        @Nullable Long id = confirmed.getIfPresent(key);
        if (id != null && id == known.id()) {
            return new Result.Found(app, known);
        }
        cache.expire(key);
        return switch (cache.find(key, previous -> load(app, owner))) {
            case Lookup.Known<Optional<Installation>, Reason>(var found) -> result(app, found);
            // The remembered installation is in doubt, so it cannot be the answer.
            case Lookup.Unknown<Optional<Installation>, Reason>(var reason, var stale) -> new Result.Unknown(reason);
        };
    }

    /**
     * Whether a lookup would find nothing new, or costs no call: an installation of the owner is remembered, or it is
     * known that there is none, or another caller is looking it up.
     *
     * @param apps the Apps that may serve the owner
     * @param owner the account, in lower case
     */
    public boolean isKnown(List<GitHubApp> apps, String owner) {
        for (GitHubApp app : apps) {
            var key = new Key(app.id(), owner);
            var remembered = cache.kept(key);
            if (cache.isLoading(key)
                    || (remembered.isPresent() && (remembered.get().isPresent() || cache.fresh(key) != null))) {
                return true;
            }
        }
        return false;
    }

    /** Looks up an installation again after a call has proven it stale. */
    public Result lookAgain(GitHubApp app, String owner, Installation stale) {
        forget(app, owner, stale);
        return find(app, owner);
    }

    /** Forgets an installation that a call has proven stale. */
    public void forget(GitHubApp app, String owner, Installation stale) {
        cache.dropIf(
                new Key(app.id(), owner),
                known -> known.filter(installation -> installation.id() == stale.id())
                        .isPresent());
    }

    /** Expires every installation. Known ones are still served while GitHub limits requests. */
    public void expireAll() {
        cache.expireAll(key -> true);
    }

    /** Forgets every installation. */
    public void forgetAll() {
        cache.dropAll(key -> true);
    }

    /** Forgets the installations of every App on an owner's account. */
    public void forget(InstallationChanged changed) {
        cache.dropAll(key -> key.owner().equals(changed.owner()));
    }

    private Result find(GitHubApp app, String owner) {
        return switch (cache.find(new Key(app.id(), owner), previous -> load(app, owner))) {
            case Lookup.Known<Optional<Installation>, Reason>(var found) -> result(app, found);
            case Lookup.Unknown<Optional<Installation>, Reason>(var reason, var stale) ->
                reason == Reason.LIMITED
                                && stale != null
                                && stale.filter(installation -> !installation.suspended())
                                        .isPresent()
                        ? result(app, stale)
                        : new Result.Unknown(reason);
        };
    }

    private static Result result(GitHubApp app, Optional<Installation> found) {
        return found.<Result>map(installation ->
                        installation.suspended() ? new Result.Suspended() : new Result.Found(app, installation))
                .orElseGet(Result.None::new);
    }

    private Loaded<Optional<Installation>, Reason> load(GitHubApp app, String owner) {
        return switch (gitHub.installation(app, owner)) {
            case Success<Installation>(var installation) -> {
                confirmed.put(new Key(app.id(), owner), installation.id());
                yield new Loaded.Value<>(Optional.of(installation), installation.suspended() ? NONE : FOUND);
            }
            case Failure<Installation>(var reason) ->
                reason == Reason.NOT_FOUND ? new Loaded.Value<>(Optional.empty(), NONE) : new Loaded.Failed<>(reason);
        };
    }

    private record Key(long appId, String owner) {}
}
