package dev.octosts.app.audit;

import dev.octosts.api.HeldToken;
import dev.octosts.app.audit.TokenSafe.Sealed;
import dev.octosts.exchange.spi.StoreException;
import dev.octosts.github.GitHubResult;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.TokenApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Revokes the valid tokens of a holder at GitHub. Only what GitHub confirms counts as revoked. */
public final class TokenRecall {

    /** GitHub limits how many calls may run at the same time. */
    private static final int AT_A_TIME = 8;

    private final TokenSafe safe;
    private final SealingKey key;
    private final TokenApi gitHub;

    public TokenRecall(TokenSafe safe, SealingKey key, TokenApi gitHub) {
        this.safe = safe;
        this.key = key;
        this.gitHub = gitHub;
    }

    /**
     * How many tokens.
     *
     * @param revoked GitHub confirmed it (204)
     * @param invalid they were no longer valid (401)
     * @param failed GitHub gave another answer, or none
     * @param unreadable sealed with another key
     */
    public record Count(long revoked, long invalid, long failed, long unreadable) {

        /** The numbers by their names. */
        public Map<String, String> details() {
            return Map.of(
                    "revoked", Long.toString(revoked),
                    "invalid", Long.toString(invalid),
                    "failed", Long.toString(failed),
                    "unreadable", Long.toString(unreadable));
        }

        private Count plus(Count more) {
            return new Count(
                    revoked + more.revoked, invalid + more.invalid, failed + more.failed, unreadable + more.unreadable);
        }
    }

    /**
     * A part of what fits.
     *
     * @param left how many are still kept and were not tried
     */
    public record RecalledPart(Count count, long left) {}

    private enum Result {
        REVOKED,
        INVALID,
        FAILED,
        UNREADABLE,
        NOT_TRIED
    }

    /** Revokes, until nothing that fits is left, or something cannot be revoked. */
    public Count of(TokenSafe.TokenHolder holder) throws StoreException {
        var all = new Count(0, 0, 0, 0);
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Sealed> held;
            do {
                held = safe.held(holder);
                all = all.plus(counted(revoke(held, threads, Optional.empty())));
            } while (held.size() == TokenSafe.MAXIMUM && all.failed() + all.unreadable() == 0);
        }
        return all;
    }

    /**
     * Revokes some of them, for a caller who waits.
     *
     * @param most how many at most
     * @param time after which no further one is begun
     */
    public RecalledPart some(TokenSafe.TokenHolder holder, int most, Duration time) throws StoreException {
        List<Sealed> held = safe.held(holder);
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            Map<Result, Long> counts = revoke(
                    held.subList(0, Math.min(most, held.size())),
                    threads,
                    Optional.of(System.nanoTime() + time.toNanos()));
            long beyond = Math.max(0, held.size() - most);
            return new RecalledPart(counted(counts), beyond + counts.getOrDefault(Result.NOT_TRIED, 0L));
        }
    }

    private Map<Result, Long> revoke(List<Sealed> held, ExecutorService threads, Optional<Long> end)
            throws StoreException {
        List<Future<Result>> results = held.stream()
                .map(token -> threads.submit(() ->
                        end.filter(time -> System.nanoTime() - time > 0).isPresent()
                                ? Result.NOT_TRIED
                                : revoke(token)))
                .toList();
        var gone = new ArrayList<String>();
        var revoked = new ArrayList<AuditRecord>();
        Map<Result, Long> counts = new EnumMap<>(Result.class);
        for (int at = 0; at < held.size(); at++) {
            Result result = result(results.get(at));
            counts.merge(result, 1L, Long::sum);
            if (result == Result.REVOKED || result == Result.INVALID) {
                gone.add(held.get(at).sha256());
            }
            if (result == Result.REVOKED) {
                revoked.add(AuditRecords.takenBack(held.get(at), Instant.now()));
            }
        }
        if (!revoked.isEmpty()) {
            safe.note(revoked);
        }
        safe.forget(gone);
        return counts;
    }

    private static Count counted(Map<Result, Long> counts) {
        return new Count(
                counts.getOrDefault(Result.REVOKED, 0L),
                counts.getOrDefault(Result.INVALID, 0L),
                counts.getOrDefault(Result.FAILED, 0L),
                counts.getOrDefault(Result.UNREADABLE, 0L));
    }

    private Result revoke(Sealed kept) {
        Optional<String> token = key.open(kept.sha256(), kept.sealed());
        if (token.isEmpty()) {
            return Result.UNREADABLE;
        }
        GitHubResult<Boolean> answer = gitHub.revoke(new HeldToken(token.get()), Optional.empty());
        return answer instanceof Success<Boolean>(var revoked)
                ? (revoked ? Result.REVOKED : Result.INVALID)
                : Result.FAILED;
    }

    private static Result result(Future<Result> future) {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            return Result.FAILED;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return Result.FAILED;
        }
    }
}
