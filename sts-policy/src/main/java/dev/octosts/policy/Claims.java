package dev.octosts.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a verified token.
 *
 * @param issuer the issuer whose keys verified the token
 * @param subject the claim {@code sub}
 * @param audiences the claim {@code aud} as a list, empty when the token has none
 * @param all every claim by name, the registered ones included; values as JSON has them: {@link String}, {@link
 *     Boolean}, {@link Number}, {@link List}, {@link Map} or null. Lists and maps are not copied: the caller must not
 *     change them afterwards.
 */
public record Claims(String issuer, String subject, List<String> audiences, Map<String, @Nullable Object> all) {
    private static final String GOOGLE = "accounts.google.com";

    public Claims {
        audiences = List.copyOf(audiences);
        // Map.copyOf refuses null, which is a JSON value.
        all = Collections.unmodifiableMap(new LinkedHashMap<>(all));
    }

    /**
     * The claims of a token's payload; empty when the issuer or the subject is not a text: the service accepts no such
     * token. Audiences that are not texts are left out.
     *
     * @param payload every claim by name, as {@link #all}
     */
    public static Optional<Claims> of(Map<String, @Nullable Object> payload) {
        return payload.get("iss") instanceof String issuer && payload.get("sub") instanceof String subject
                ? Optional.of(new Claims(canonicalIssuer(issuer), subject, audiences(payload), payload))
                : Optional.empty();
    }

    /**
     * The name of an issuer in policies.
     *
     * @see <a href="https://developers.google.com/identity/openid-connect/openid-connect">Google: the issuer of a token
     *     may come without a scheme</a>
     */
    public static String canonicalIssuer(String written) {
        return written.equals(GOOGLE) ? "https://" + GOOGLE : written;
    }

    /** The claim {@code aud} of a payload as a list. Audiences that are not texts are left out. */
    public static List<String> audiences(Map<String, @Nullable Object> payload) {
        return switch (payload.get("aud")) {
            case String one -> List.of(one);
            case List<?> several ->
                several.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList();
            case null, default -> List.of();
        };
    }
}
