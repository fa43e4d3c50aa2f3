package dev.octosts.exchange.bearer;

import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token in the compact serialization (RFC 7515 section 3.1) of which only the claims were read. Nothing here is
 * verified, and header and signature may be anything.
 */
final class CompactToken {
    // The server takes request headers of 16 KB; this bound also holds for callers without a server in front.
    private static final int MAX_LENGTH = 64 * 1024;
    private static final String GOOGLE = "accounts.google.com";

    private final String text;
    private final int headerEnd;
    private final int payloadEnd;
    private final Map<String, @Nullable Object> claims;

    private CompactToken(String text, int headerEnd, int payloadEnd, Map<String, @Nullable Object> claims) {
        this.text = text;
        this.headerEnd = headerEnd;
        this.payloadEnd = payloadEnd;
        this.claims = claims;
    }

    static CompactToken parse(String text) throws MalformedException {
        if (text.length() > MAX_LENGTH) {
            throw new MalformedException("a token of " + text.length() + " characters");
        }
        int headerEnd = text.indexOf('.');
        if (headerEnd < 0) {
            throw new MalformedException("a token of one part");
        }
        int dot = text.indexOf('.', headerEnd + 1);
        int payloadEnd = dot < 0 ? text.length() : dot;
        Map<String, @Nullable Object> claims = BoundedJson.object(decoded(text.substring(headerEnd + 1, payloadEnd)));
        if (!isAbsentOrText(claims, "iss") || !isAbsentOrText(claims, "sub")) {
            throw new MalformedException("iss or sub is not a string");
        }
        // Google documents that its tokens may carry either form; from here on there is one.
        claims.replace("iss", GOOGLE, "https://" + GOOGLE);
        return new CompactToken(text, headerEnd, payloadEnd, claims);
    }

    /** The claim {@code iss}, empty when there is none. */
    String issuer() {
        return claims.get("iss") instanceof String issuer ? issuer : "";
    }

    /** The claim {@code sub}, empty when there is none. */
    String subject() {
        return claims.get("sub") instanceof String subject ? subject : "";
    }

    Map<String, @Nullable Object> claims() {
        return claims;
    }

    boolean hasThreeParts() {
        return payloadEnd < text.length() && text.indexOf('.', payloadEnd + 1) < 0;
    }

    byte[] header() throws MalformedException {
        return decoded(text.substring(0, headerEnd));
    }

    /** What was signed: RFC 7515 section 5.1. Call {@link #header()} first; it tells whether the text is ASCII. */
    @SuppressWarnings("deprecation") // Base64url is ASCII, for which this copies without encoding.
    byte[] signingInput() {
        byte[] input = new byte[payloadEnd];
        text.getBytes(0, payloadEnd, input, 0);
        return input;
    }

    byte[] signature() throws MalformedException {
        return decoded(text.substring(payloadEnd + 1));
    }

    private static boolean isAbsentOrText(Map<String, @Nullable Object> claims, String name) {
        return claims.get(name) instanceof String || !claims.containsKey(name);
    }

    private static byte[] decoded(String part) throws MalformedException {
        if (part.indexOf('=') >= 0) {
            throw new MalformedException("padded base64url");
        }
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException _) {
            throw new MalformedException("not base64url");
        }
    }

    @Override
    public String toString() {
        return "CompactToken[***]";
    }
}
