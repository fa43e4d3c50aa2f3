package dev.octosts.exchange;

import dev.octosts.api.GrantedTokens.Facts;
import dev.octosts.github.Route;
import dev.octosts.policy.Claims;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Remembers to whom this process granted which token, under the token's SHA-256, until the token expires. The token
 * itself is not kept. When there is no more room, the oldest grant is forgotten first: a cache that keeps what is asked
 * for often would keep the wrong ones. No caller waits for another one here.
 */
final class GrantMemory {

    /** Of the default heap it is 10 MB, or about nine thousand grants. */
    private static final int SHARE_OF_THE_HEAP = 16;

    /** The objects of one grant without their texts, in bytes. */
    private static final long ROOM_OF_A_GRANT = 600;

    /** The objects of one text. */
    private static final long ROOM_OF_A_TEXT = 56;

    private final long maximumBytes;
    private final Clock clock;
    private final Map<String, Entry> bySha256 = new ConcurrentHashMap<>();
    private final Queue<Entry> inOrder = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    /**
     * A memory without grants.
     *
     * @param maximumBytes what all grants together may take
     */
    GrantMemory(long maximumBytes, Clock clock) {
        this.maximumBytes = maximumBytes;
        this.clock = clock;
    }

    /** A memory that takes a small part of the heap. */
    static GrantMemory ofThisMachine(Clock clock) {
        return new GrantMemory(Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP, clock);
    }

    /**
     * A token that was granted.
     *
     * @param facts who got it, and what it can do
     * @param audiences of the OIDC token that it was exchanged for
     * @param route by which it was minted
     */
    record Grant(Facts facts, List<String> audiences, Route route) {

        /**
         * Whether a verified token is of the same workload and meant for the same service. Another service that gets
         * tokens of the workload may not ask here with them.
         */
        boolean isOf(Claims claims) {
            return facts.issuer().equals(claims.issuer())
                    && facts.subject().equals(claims.subject())
                    && !Collections.disjoint(audiences, claims.audiences());
        }
    }

    private record Entry(String sha256, Grant grant, long size) {}

    /** Remembers a token from now on. */
    void remember(String sha256, Grant grant) {
        var entry = new Entry(sha256, grant, size(grant));
        bySha256.put(sha256, entry);
        inOrder.add(entry);
        bytes.addAndGet(entry.size());
        makeRoom(clock.instant());
    }

    /** The grant of a token that has not expired. */
    Optional<Grant> find(String sha256) {
        Entry entry = bySha256.get(sha256);
        return entry == null || isOver(entry, clock.instant()) ? Optional.empty() : Optional.of(entry.grant());
    }

    /** How many bytes the grants take. */
    long used() {
        return bytes.get();
    }

    /** Forgets a token that was revoked. Its room comes back when it would have expired. */
    void forget(String sha256) {
        bySha256.remove(sha256);
    }

    /** Tokens live equally long, so those that expire first are the oldest. */
    private void makeRoom(Instant now) {
        for (Entry oldest = inOrder.peek();
                oldest != null && (bytes.get() > maximumBytes || isOver(oldest, now));
                oldest = inOrder.peek()) {
            if (inOrder.remove(oldest)) { // otherwise another thread was faster
                bySha256.remove(oldest.sha256(), oldest);
                bytes.addAndGet(-oldest.size());
            }
        }
    }

    private static boolean isOver(Entry entry, Instant now) {
        return !entry.grant().facts().expiresAt().isAfter(now);
    }

    private static long size(Grant grant) {
        Facts facts = grant.facts();
        long size = ROOM_OF_A_GRANT + size(facts.issuer()) + size(facts.subject());
        size += size(facts.scope())
                + size(facts.identity())
                + (long) facts.permissions().size() * ROOM_OF_A_TEXT;
        return size + size(facts.repositories()) + size(grant.audiences());
    }

    private static long size(List<String> texts) {
        long size = 0;
        for (String text : texts) {
            size += size(text);
        }
        return size;
    }

    private static long size(String text) {
        return ROOM_OF_A_TEXT + 2L * text.length();
    }
}
