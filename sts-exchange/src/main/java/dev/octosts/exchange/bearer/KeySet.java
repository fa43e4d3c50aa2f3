package dev.octosts.exchange.bearer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The keys of one issuer (RFC 7517 section 5). Keys that cannot verify a signature are left out. */
final class KeySet {
    private static final int MAX_KEYS = 1000;
    /** A token without kid is tried against every key, at our cost. */
    private static final int MAX_TRIES = 100;

    private final List<VerificationKey> keys;

    private KeySet(List<VerificationKey> keys) {
        this.keys = List.copyOf(keys);
    }

    static KeySet parse(byte[] json) throws MalformedException {
        return of(BoundedJson.object(json));
    }

    static KeySet of(Map<?, ?> document) throws MalformedException {
        if (!(document.get("keys") instanceof List<?> entries)) {
            throw new MalformedException("no keys in the key set");
        }
        List<VerificationKey> keys = new ArrayList<>();
        for (Object entry : entries) {
            if (keys.size() < MAX_KEYS && entry instanceof Map<?, ?> jwk) {
                VerificationKey.of(jwk).ifPresent(keys::add);
            }
        }
        return new KeySet(keys);
    }

    int size() {
        return keys.size();
    }

    /**
     * Whether one of the keys made the signature. A token that names a key is tried against the keys of that name, or,
     * when there is none, against those without a name; a token that names none against all, up to a limit.
     */
    boolean verifies(JoseHeader header, byte[] input, byte[] signature) {
        boolean named =
                header.kid() != null && keys.stream().anyMatch(k -> header.kid().equals(k.kid()));
        return keys.stream()
                .filter(key -> header.kid() == null || (named ? header.kid().equals(key.kid()) : key.kid() == null))
                .filter(key -> key.fits(header.algorithm()))
                .limit(MAX_TRIES)
                .anyMatch(key -> header.algorithm().verifies(key.key(), input, signature));
    }
}
