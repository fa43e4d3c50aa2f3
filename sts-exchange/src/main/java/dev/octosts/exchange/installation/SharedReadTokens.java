package dev.octosts.exchange.installation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.api.CacheLookup;
import dev.octosts.api.InstallationChanged;
import dev.octosts.exchange.cache.Loader.Loaded;
import dev.octosts.exchange.cache.RefreshingCache;
import dev.octosts.exchange.cache.RefreshingCache.Bounds;
import dev.octosts.exchange.cache.RefreshingCache.Lookup;
import dev.octosts.exchange.installation.InstallationTokens.Minted;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHub.Time;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.Route;
import dev.octosts.github.TokenRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps one token for each installation, which can read the files of all its repositories and do nothing else. With it
 * a repository that was never read before needs no mint and no revocation of its own.
 *
 * <p>Such a token is used only for a repository that the installation covers: it can read any public repository, and a
 * policy in one that the App was not given must not count.
 */
public final class SharedReadTokens implements AutoCloseable {

    /** A token is replaced this long before it expires, so that no read meets its end. */
    private static final Duration REPLACED_BEFORE = Duration.ofMinutes(5);

    /** How long GitHub is not asked again after it refused such a token. */
    private static final Duration REFUSED = Duration.ofHours(1);

    private static final int MAXIMUM_TOKENS = 10_000;

    private final GitHub gitHub;
    private final InstallationTokens tokens;
    private final Time time;
    private final RefreshingCache<Key, Optional<Minted>, Reason> cache;

    /** Every token that was minted here and not revoked, also one that was replaced a moment ago. */
    private final Cache<Minted, Boolean> live;

    private record Key(long app, String owner, long installation) {

        static Key of(Route route) {
            return new Key(route.app().id(), route.owner(), route.installation().id());
        }
    }

    /**
     * No tokens yet.
     *
     * @param gitHub where they are revoked
     * @param tokens mints them
     * @param time the clocks
     * @param observer is notified of every lookup
     */
    public SharedReadTokens(GitHub gitHub, InstallationTokens tokens, Time time, Consumer<CacheLookup> observer) {
        this.gitHub = gitHub;
        this.tokens = tokens;
        this.time = time;
        this.cache = new RefreshingCache<>(
                "read_tokens", new Bounds<>(MAXIMUM_TOKENS, entry -> 1), Reason.UNAVAILABLE, time.nanoTime(), observer);
        this.live = Caffeine.newBuilder()
                .maximumSize(2L * MAXIMUM_TOKENS)
                .expireAfterWrite(Duration.ofHours(1))
                .ticker(time.nanoTime()::getAsLong)
                .build();
    }

    /**
     * The token of an installation; mints it when there is none.
     *
     * @param route the installation
     * @param seen whether it is known that the installation covers the repository that is to be read; needed only for
     *     an installation that does not cover all
     * @return empty when there is none that may be used, or GitHub does not mint one now
     */
    Optional<Minted> token(Route route, boolean seen) {
        return switch (cache.find(Key.of(route), previous -> load(route))) {
            case Lookup.Known<Optional<Minted>, Reason>(var known) ->
                known.filter(minted -> minted.coversAll() || seen);
            case Lookup.Unknown<Optional<Minted>, Reason> _ -> Optional.empty();
        };
    }

    private Loaded<Optional<Minted>, Reason> load(Route route) {
        return switch (tokens.mint(route, TokenRequest.toReadAll())) {
            case Success<Minted>(var minted) -> {
                live.put(minted, true);
                var left =
                        Duration.between(time.clock().instant(), minted.token().expiresAt());
                yield new Loaded.Value<>(Optional.of(minted), left.minus(REPLACED_BEFORE));
            }
            case Failure<Minted>(var reason) ->
                reason == Reason.FORBIDDEN || reason == Reason.UNPROCESSABLE
                        ? new Loaded.Value<>(Optional.empty(), REFUSED)
                        : new Loaded.Failed<>(reason);
        };
    }

    /** Forgets a token that GitHub did not accept. */
    void refused(Route asked, Minted token) {
        cache.dropIf(Key.of(asked), known -> known.filter(token::equals).isPresent());
        revoke(token);
    }

    /** Forgets and revokes the tokens for an owner whose installation changed. */
    public void forget(InstallationChanged changed) {
        cache.dropAll(key -> key.owner().equals(changed.owner()));
        live.asMap().keySet().stream()
                .filter(minted -> minted.route().owner().equals(changed.owner()))
                .forEach(this::revoke);
    }

    /** Revokes every token. */
    @Override
    public void close() {
        cache.dropAll(key -> true);
        live.asMap().keySet().forEach(this::revoke);
    }

    private void revoke(Minted token) {
        live.invalidate(token);
        Route route = token.route();
        gitHub.revokeLater(route.app(), route.owner(), token.token());
    }
}
