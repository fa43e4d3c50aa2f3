package dev.octosts.exchange.jose;

import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The keys of one issuer (RFC 7517 section 5), without those that cannot verify a signature. Keys that were in the set
 * before are <em>retired</em>: the servers of an issuer do not change their keys at the same moment, and one set must
 * not drive out the other at each fetch. A retired key verifies for five minutes after the fetch that first lacked it.
 * It is not kept when it was not seen in the issuer's set for longer than a quarter of an hour, or when the new set is
 * empty: that is how an issuer withdraws all keys at once.
 */
public final class KeySet {
    /** How long a key verifies after the set was fetched without it. */
    public static final Duration RETIREMENT = Duration.ofMinutes(5);
    /** A key that was last seen longer ago is not retired but removed. */
    static final Duration SEEN_LATELY = Duration.ofMinutes(15);

    private static final int MAX_KEYS = 1000;
    private static final int MAX_RETIRED = 32;
    private static final int MAX_VALUES = 20_000;
    /** The maximum cost of the keys that one token is tried with; see {@link VerificationKey#cost}. */
    private static final int MAX_COST = 48;
    /** A key and the one that replaces it are tried whatever they cost. */
    private static final int ALWAYS_TRIED = 2;

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final List<VerificationKey> keys;
    private final List<Retired> retired;
    private final long number = NUMBERS.incrementAndGet();

    private KeySet(List<VerificationKey> keys, List<Retired> retired) {
        this.keys = List.copyOf(keys);
        this.retired = List.copyOf(retired);
    }

    private record Retired(VerificationKey key, Instant until) {}

    /** Which keys made a signature. */
    public enum Match {
        CURRENT,
        RETIRED,
        NONE
    }

    /**
     * Reads the JSON of a key set.
     *
     * @throws MalformedException when the text is not one JSON object with a list of keys, or exceeds a limit
     */
    public static KeySet parse(byte[] json) throws MalformedException {
        return of(BoundedJson.object(json, MAX_VALUES));
    }

    /**
     * Reads a key set that was parsed already. Entries that are no usable key are left out.
     *
     * @throws MalformedException when there is no list of keys
     */
    public static KeySet of(Map<?, ?> document) throws MalformedException {
        if (!(document.get("keys") instanceof List<?> entries)) {
            throw new MalformedException("no keys in the key set");
        }
        List<VerificationKey> keys = new ArrayList<>();
        for (Object entry : entries) {
            if (keys.size() < MAX_KEYS && entry instanceof Map<?, ?> jwk) {
                VerificationKey.of(jwk).ifPresent(keys::add);
            }
        }
        return new KeySet(keys, List.of());
    }

    /**
     * This set, fetched when another one was known.
     *
     * @param beforeSeen when the other one was last fetched
     * @return the other one when it says the same
     */
    public KeySet after(KeySet before, Instant beforeSeen, Instant now) {
        if (keys.isEmpty()) {
            return this;
        }
        List<Retired> kept = new ArrayList<>();
        if (!now.isAfter(beforeSeen.plus(SEEN_LATELY))) {
            Instant until = now.plus(RETIREMENT);
            before.keys.stream()
                    .filter(key -> !has(key))
                    .map(key -> new Retired(key, until))
                    .forEach(kept::add);
        }
        before.retired.stream()
                .filter(key -> now.isBefore(key.until) && !has(key.key))
                .forEach(kept::add);
        if (kept.equals(before.retired)
                && keys.size() == before.keys.size()
                && keys.stream().allMatch(before::has)) {
            return before;
        }
        return new KeySet(keys, kept.subList(0, Math.min(kept.size(), MAX_RETIRED)));
    }

    private boolean has(VerificationKey wanted) {
        return keys.stream().anyMatch(wanted::equalTo);
    }

    /** How many keys can verify signatures, without retired ones. */
    public int size() {
        return keys.size();
    }

    /** Whether at least one key of the set can be made from its numbers. Makes keys until it has found one. */
    public boolean isUsable() {
        return keys.stream().anyMatch(key -> key.key().isPresent());
    }

    /** The number that distinguishes this set from all others of this process. */
    public long number() {
        return number;
    }

    /** Bytes of memory once all keys are made, roughly. */
    public int weight() {
        int weight = 0;
        for (VerificationKey key : keys) {
            weight += key.weight();
        }
        for (Retired key : retired) {
            weight += key.key.weight();
        }
        return weight;
    }

    /**
     * The keys that may have made a signature, up to a limit of cost. For a token that names a key, those are the keys
     * of that name. When there is none, they are the keys without a name. For a token that names no key, they are all.
     */
    Candidates candidates(JoseHeader header, Instant now) {
        return new Candidates(fitting(header, now));
    }

    /** Keys that may have made a signature. */
    final class Candidates {
        private final List<VerificationKey> fitting;

        private Candidates(List<VerificationKey> fitting) {
            this.fitting = fitting;
        }

        /**
         * Whether a check costs no more than one with an RSA key of 2048 bits, about 40 µs. To hand work over to
         * another thread takes 4 to 8 µs of processor time, and 14 µs of the caller's time. That is 1.3 to 2.5 % of a
         * warm exchange: too much for such a check. With any other key the check itself costs at least twice as much.
         */
        boolean areCheap() {
            return fitting.isEmpty()
                    || (fitting.size() == 1 && fitting.getFirst().cost() == 1);
        }

        /** Finds which of the keys made the signature. */
        Match verifies(JwsAlgorithm algorithm, byte[] input, byte[] signature) {
            for (VerificationKey candidate : fitting) {
                Optional<PublicKey> key = candidate.key();
                if (key.isPresent() && algorithm.verifies(key.get(), input, signature)) {
                    return keys.contains(candidate) ? Match.CURRENT : Match.RETIRED;
                }
            }
            return Match.NONE;
        }
    }

    private List<VerificationKey> fitting(JoseHeader header, Instant now) {
        List<VerificationKey> all = keys;
        if (!retired.isEmpty()) {
            all = new ArrayList<>(keys);
            for (Retired key : retired) {
                if (now.isBefore(key.until)) {
                    all.add(key.key);
                }
            }
        }
        String kid = header.kid();
        boolean named = false;
        for (VerificationKey key : all) {
            named |= kid != null && kid.equals(key.kid());
        }
        List<VerificationKey> candidates = new ArrayList<>(ALWAYS_TRIED);
        int cost = 0;
        for (VerificationKey key : all) {
            if ((kid == null || (named ? kid.equals(key.kid()) : key.kid() == null)) && key.fits(header.algorithm())) {
                cost += key.cost();
                if (cost > MAX_COST && candidates.size() >= ALWAYS_TRIED) {
                    break;
                }
                candidates.add(key);
            }
        }
        return candidates;
    }
}
