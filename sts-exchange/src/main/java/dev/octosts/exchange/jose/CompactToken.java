package dev.octosts.exchange.jose;

import dev.octosts.policy.Claims;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token in the compact serialization (RFC 7515 section 3.1) whose claims were read but not verified. The header and
 * the signature may be anything.
 */
public final class CompactToken {
    // The server takes request headers of 16 KB; this bound also holds for callers without a server in front.
    private static final int MAX_LENGTH = 64 * 1024;
    /** An object of a token takes ten times the room of its text, or more. */
    private static final int MAX_VALUES = 2_000;

    private final Map<String, @Nullable Object> claims;

    private CompactToken(Map<String, @Nullable Object> claims) {
        this.claims = claims;
    }

    /**
     * Reads the claims.
     *
     * @param text the token as it came
     * @throws MalformedException when the claims cannot be read, or exceed a limit
     */
    public static CompactToken parse(String text) throws MalformedException {
        if (text.length() > MAX_LENGTH) {
            throw new MalformedException("a token of " + text.length() + " characters");
        }
        int headerEnd = text.indexOf('.');
        if (headerEnd < 0) {
            throw new MalformedException("a token of one part");
        }
        int dot = text.indexOf('.', headerEnd + 1);
        int payloadEnd = dot < 0 ? text.length() : dot;
        Map<String, @Nullable Object> claims =
                BoundedJson.object(decoded(text.substring(headerEnd + 1, payloadEnd)), MAX_VALUES);
        if (!isAbsentOrText(claims, "iss") || !isAbsentOrText(claims, "sub")) {
            throw new MalformedException("iss or sub is not a string");
        }
        claims.computeIfPresent("iss", (_, issuer) -> Claims.canonicalIssuer((String) issuer));
        return new CompactToken(claims);
    }

    /** The claim {@code iss}, empty when there is none. */
    public String issuer() {
        return claims.get("iss") instanceof String issuer ? issuer : "";
    }

    /** The claim {@code sub}, empty when there is none. */
    public String subject() {
        return claims.get("sub") instanceof String subject ? subject : "";
    }

    public Map<String, @Nullable Object> claims() {
        return claims;
    }

    private static boolean isAbsentOrText(Map<String, @Nullable Object> claims, String name) {
        return claims.get(name) instanceof String || !claims.containsKey(name);
    }

    static byte[] decoded(String part) throws MalformedException {
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
