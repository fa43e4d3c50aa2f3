package dev.octosts.exchange.jose;

import dev.octosts.policy.text.SafeText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The two values that a token's header may choose: the algorithm and the key's name. {@code jku}, {@code jwk}, {@code
 * x5u}, {@code x5c} and {@code typ} are ignored: keys come from the issuer alone (RFC 8725 section 3.10).
 *
 * @param kid null when the token names no key
 */
record JoseHeader(JwsAlgorithm algorithm, @Nullable String kid) {
    private static final int MAX_LENGTH = 8 * 1024;
    private static final int MAX_VALUES = 200;

    static JoseHeader parse(byte[] json) throws MalformedException {
        if (json.length > MAX_LENGTH) {
            throw new MalformedException("a header of " + json.length + " bytes");
        }
        Map<String, @Nullable Object> header = BoundedJson.object(json, MAX_VALUES);
        // RFC 7515 section 4.1.11: a recipient must understand every critical extension, and we know none.
        if (header.containsKey("crit")) {
            throw new MalformedException("critical extensions in the header");
        }
        if (!(header.get("alg") instanceof String name)) {
            throw new MalformedException("no algorithm in the header");
        }
        JwsAlgorithm algorithm =
                JwsAlgorithm.named(name).orElseThrow(() -> new MalformedException("algorithm " + SafeText.ascii(name)));
        return switch (header.get("kid")) {
            case null -> new JoseHeader(algorithm, null);
            case String kid -> new JoseHeader(algorithm, kid);
            default -> throw new MalformedException("the header's kid is not a string");
        };
    }
}
