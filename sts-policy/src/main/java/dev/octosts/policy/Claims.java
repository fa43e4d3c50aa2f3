package dev.octosts.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    public Claims {
        audiences = List.copyOf(audiences);
        // Map.copyOf refuses null, which is a JSON value.
        all = Collections.unmodifiableMap(new LinkedHashMap<>(all));
    }
}
