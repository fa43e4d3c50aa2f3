package dev.octosts.exchange.issuer;

import dev.octosts.exchange.jose.BoundedJson;
import dev.octosts.exchange.jose.JwsAlgorithm;
import dev.octosts.exchange.jose.MalformedException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of an issuer's discovery document, as far as it is used.
 *
 * @param keysAddress {@code jwks_uri} as the document has it, unchecked; empty when there is none
 * @param algorithms never empty
 */
public record ProviderMetadata(String issuer, String keysAddress, Set<JwsAlgorithm> algorithms) {
    private static final int MAX_VALUES = 5_000;
    public static final String WELL_KNOWN = "/.well-known/openid-configuration";

    public ProviderMetadata {
        algorithms = Set.copyOf(algorithms);
    }

    static String address(String issuer) {
        return (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer) + WELL_KNOWN;
    }

    static ProviderMetadata parse(String issuer, byte[] json) throws MalformedException {
        Map<String, @Nullable Object> document = BoundedJson.object(json, MAX_VALUES);
        // OpenID Connect Discovery section 4.3: it must be exactly the issuer that was asked, else it speaks for
        // another.
        if (!issuer.equals(document.get("issuer"))) {
            throw new MalformedException("the discovery document is of another issuer");
        }
        return new ProviderMetadata(issuer, keysAddress(document), algorithms(document));
    }

    private static String keysAddress(Map<String, @Nullable Object> document) throws MalformedException {
        return switch (document.get("jwks_uri")) {
            case null -> "";
            case String address -> address;
            default -> throw new MalformedException("jwks_uri is not a string");
        };
    }

    /** Without a known algorithm in the list the default of OpenID Connect holds, RS256. */
    private static Set<JwsAlgorithm> algorithms(Map<String, @Nullable Object> document) throws MalformedException {
        Set<JwsAlgorithm> algorithms = EnumSet.noneOf(JwsAlgorithm.class);
        for (Object name : names(document)) {
            if (!(name instanceof String text)) {
                throw new MalformedException("an algorithm is not a string");
            }
            JwsAlgorithm.named(text).ifPresent(algorithms::add);
        }
        return algorithms.isEmpty() ? EnumSet.of(JwsAlgorithm.RS256) : algorithms;
    }

    private static List<?> names(Map<String, @Nullable Object> document) throws MalformedException {
        return switch (document.get("id_token_signing_alg_values_supported")) {
            case null -> List.of();
            case List<?> names -> names;
            default -> throw new MalformedException("the algorithms are not a list");
        };
    }
}
