package dev.octosts.exchange.jose;

import dev.octosts.exchange.jose.KeySet.Match;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a token that are needed to check its signature, decoded once. The claims are not read here. */
public final class SignedToken {
    private final JoseHeader header;
    private final byte[] input;
    private final byte[] signature;

    private SignedToken(JoseHeader header, byte[] input, byte[] signature) {
        this.header = header;
        this.input = input;
        this.signature = signature;
    }

    /**
     * Takes a token apart.
     *
     * @param algorithms those that it may be signed with
     */
    public static SignedToken of(String token, Set<JwsAlgorithm> algorithms) throws MalformedException {
        int headerEnd = token.indexOf('.');
        int payloadEnd = token.indexOf('.', headerEnd + 1);
        if (headerEnd < 0 || payloadEnd < 0 || token.indexOf('.', payloadEnd + 1) >= 0) {
            throw new MalformedException("a token of other than three parts");
        }
        JoseHeader header = JoseHeader.parse(CompactToken.decoded(token.substring(0, headerEnd)));
        if (!algorithms.contains(header.algorithm())) {
            throw new MalformedException("algorithm that the issuer does not list");
        }
        byte[] signature = CompactToken.decoded(token.substring(payloadEnd + 1));
        return new SignedToken(header, ascii(token, payloadEnd), signature);
    }

    /** The signed bytes: RFC 7515 section 5.1. Both parts were decoded, so they are ASCII. */
    @SuppressWarnings("deprecation") // Base64url is ASCII, for which this copies without encoding.
    private static byte[] ascii(String text, int end) {
        byte[] bytes = new byte[end];
        text.getBytes(0, end, bytes, 0);
        return bytes;
    }

    /**
     * Checks the signature.
     *
     * @param now decides which retired keys still verify
     */
    public Match match(KeySet keys, Instant now) {
        return verified(keys.candidates(header, now));
    }

    /** As {@link #match}, if the check is cheap; null when it is not. */
    public @Nullable Match matchIfCheap(KeySet keys, Instant now) {
        KeySet.Candidates candidates = keys.candidates(header, now);
        return candidates.areCheap() ? verified(candidates) : null;
    }

    private Match verified(KeySet.Candidates candidates) {
        return candidates.verifies(header.algorithm(), input, signature);
    }
}
