package dev.octosts.exchange.installation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.octosts.api.InstallationChanged;
import dev.octosts.exchange.installation.InstallationTokens.Minted;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.Route;
import dev.octosts.github.TokenRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Provides tokens that can read certain repositories and do nothing else. Readers of the same repositories share one
 * token at a time. It is minted when the first of them needs it, and revoked when the last is done. When the operator
 * wants it, one token for each installation is kept for longer: {@link SharedReadTokens}.
 */
public final class ReadTokens implements AutoCloseable {

    /** No reader joins an older token, so that no steady stream of readers keeps a token until it expires. */
    private static final Duration JOINED_FOR = Duration.ofMinutes(1);

    private static final Duration SEEN_FOR = Duration.ofHours(1);
    private static final int MAXIMUM_SIGHTS = 10_000;

    private final GitHub gitHub;
    private final InstallationTokens tokens;
    private final ReadAttempts attempts;
    private final Optional<SharedReadTokens> shared;
    private final ConcurrentHashMap<ReadScope, Shared> live = new ConcurrentHashMap<>();
    private final Cache<Sight, Boolean> sights = Caffeine.newBuilder()
            .maximumSize(MAXIMUM_SIGHTS)
            .expireAfterWrite(SEEN_FOR)
            .build();

    /** A repository that an installation may read. */
    private record Sight(String owner, long installation, String repository) {}

    /**
     * A provider of read tokens.
     *
     * @param gitHub where they are revoked
     * @param tokens mints them
     * @param attempts mints again when that brought no answer
     * @param shared the tokens that are kept for whole installations; empty when none are
     */
    public ReadTokens(
            GitHub gitHub, InstallationTokens tokens, ReadAttempts attempts, Optional<SharedReadTokens> shared) {
        this.attempts = attempts;
        this.shared = shared;
        this.gitHub = gitHub;
        this.tokens = tokens;
    }

    /**
     * Whether GitHub minted such a token recently. GitHub refuses one for two repositories when the installation does
     * not see one of them, so two are asked for together only where it is known to see the other.
     */
    public boolean canRead(ReadScope reading) {
        return reading.repositories().stream().allMatch(name -> sights.getIfPresent(sight(reading, name)) != null);
    }

    /** The token that is kept for a whole installation, if there is one and it may be used for the repository. */
    Optional<Minted> shared(ReadScope reading, String repository) {
        return shared.flatMap(
                kept -> kept.token(reading.route(), sights.getIfPresent(sight(reading, repository)) != null));
    }

    /** Forgets a shared token that GitHub did not accept. */
    void refused(ReadScope reading, Minted token) {
        shared.ifPresent(kept -> kept.refused(reading.route(), token));
    }

    /** Forgets and revokes what is kept for an owner whose installation changed. */
    public void forget(InstallationChanged changed) {
        sights.asMap().keySet().removeIf(sight -> sight.owner().equals(changed.owner()));
        shared.ifPresent(kept -> kept.forget(changed));
    }

    /** Forgets which repositories the installations cover. */
    public void forgetAll() {
        sights.invalidateAll();
    }

    /** Revokes the tokens that are kept. */
    @Override
    public void close() {
        shared.ifPresent(SharedReadTokens::close);
    }

    private static Sight sight(ReadScope reading, String repository) {
        Route route = reading.route();
        return new Sight(route.owner(), route.installation().id(), repository);
    }

    /** Keeps a token for several files that are read in parallel. Nothing is minted until one is read. */
    public Lease keep(ReadScope reading) {
        return new Lease(live.compute(
                reading,
                (same, shared) -> shared != null && !shared.failed && shared.joined() ? shared : new Shared(reading)));
    }

    /** The token for one file: the one that is kept for it, though it could not be minted, or one of its own. */
    Lease join(ReadScope reading) {
        return new Lease(live.compute(
                reading, (same, shared) -> shared != null && shared.joined() ? shared : new Shared(reading)));
    }

    /** A share in a token. The token is valid while the share is open. */
    public static final class Lease implements AutoCloseable {

        private final Shared shared;

        private Lease(Shared shared) {
            this.shared = shared;
        }

        /** A token that can read the repository, one of those of the {@link ReadScope}. */
        GitHubResult<Minted> token(String repository) {
            return shared.token(repository);
        }

        @Override
        public void close() {
            shared.left();
        }
    }

    private final class Shared {

        private final ReadScope reading;
        private final long born = System.nanoTime();
        private final AtomicInteger users = new AtomicInteger(1);
        private volatile boolean failed;
        private final ConcurrentHashMap<List<String>, CompletableFuture<GitHubResult<Minted>>> minted =
                new ConcurrentHashMap<>();

        Shared(ReadScope reading) {
            this.reading = reading;
        }

        boolean joined() {
            return System.nanoTime() - born < JOINED_FOR.toNanos()
                    && users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
        }

        void left() {
            if (users.decrementAndGet() == 0) {
                live.remove(reading, this);
                minted.values().forEach(this::revoke);
            }
        }

        GitHubResult<Minted> token(String repository) {
            List<String> all = reading.repositories();
            GitHubResult<Minted> together = minted(all);
            // GitHub refuses several repositories when it would refuse one of them, and does not say which.
            return all.size() > 1 && together.equals(new Failure<Minted>(Reason.UNPROCESSABLE))
                    ? minted(List.of(repository))
                    : together;
        }

        private GitHubResult<Minted> minted(List<String> repositories) {
            var mine = new CompletableFuture<GitHubResult<Minted>>();
            var first = minted.putIfAbsent(repositories, mine);
            if (first != null) {
                return first.join();
            }
            GitHubResult<Minted> answer = new Failure<>(Reason.UNAVAILABLE);
            try {
                var request = TokenRequest.toRead(repositories);
                answer = ReadAttempts.of(attempts, () -> tokens.mint(reading.route(), request));
            } finally {
                learn(repositories, answer);
                mine.complete(answer);
            }
            return answer;
        }

        private void learn(List<String> repositories, GitHubResult<Minted> answer) {
            switch (answer) {
                case Success<Minted> _ -> repositories.forEach(name -> sights.put(sight(reading, name), true));
                // Another token will not fare better within a minute, and may not be requested in the same way.
                case Failure<Minted>(var reason)
                when reason == Reason.UNPROCESSABLE ->
                    repositories.forEach(name -> sights.invalidate(sight(reading, name)));
                case Failure<Minted> _ -> failed = true;
            }
        }

        private void revoke(CompletableFuture<GitHubResult<Minted>> done) {
            if (done.join() instanceof Success<Minted>(var known)) {
                gitHub.revokeLater(known.route().app(), known.route().owner(), known.token());
            }
        }
    }
}
