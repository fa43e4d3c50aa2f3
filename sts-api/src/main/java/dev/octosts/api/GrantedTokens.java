package dev.octosts.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of tokens after an exchange. This is the port that the transports call. Results never differ between a
 * token that this service does not know and one that the caller may not know of.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7009">RFC 7009, OAuth 2.0 Token Revocation</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662">RFC 7662, OAuth 2.0 Token Introspection</a>
 */
public interface GrantedTokens {

    /** Ends a token at GitHub. The holder of a token may end it. */
    Revocation revoke(HeldToken token);

    /** Describes a token to its holder. GitHub is asked whether it is still valid. */
    Introspection introspect(HeldToken token);

    /**
     * Describes a token to the workload that got it, which proves who it is and does not show the token.
     *
     * @param sha256 the digest of the token, in lower-case hexadecimal
     * @param bearer the caller's OIDC token; empty when it sent none, or several
     */
    Introspection introspect(String sha256, Optional<BearerToken> bearer);

    /** The result of a revocation. */
    sealed interface Revocation {

        /** The token is not valid any more, or never was. */
        record Done() implements Revocation {}

        /**
         * The token may still be valid.
         *
         * @param problem why
         */
        record Failed(Problem problem) implements Revocation {}
    }

    /** The result of an introspection. */
    sealed interface Introspection {

        /**
         * The token is valid.
         *
         * @param facts what is known of it
         */
        record Active(Facts facts) implements Introspection {}

        /** The token is not valid, or the caller may not know of it. */
        record Inactive() implements Introspection {}

        /**
         * There is no answer.
         *
         * @param problem why
         */
        record Refused(Problem problem) implements Introspection {}
    }

    /**
     * What this service knows of a token that it granted.
     *
     * @param issuer of the workload's OIDC token
     * @param subject of the workload's OIDC token
     * @param scope as in the request
     * @param identity as in the request
     * @param permissions what the token can do: levels by permission
     * @param repositories where, without their owner; empty means in every repository of the installation
     * @param issuedAt when it was granted
     * @param expiresAt when GitHub stops accepting it
     */
    record Facts(
            String issuer,
            String subject,
            String scope,
            String identity,
            Map<String, String> permissions,
            List<String> repositories,
            Instant issuedAt,
            Instant expiresAt) {

        public Facts {
            permissions = Map.copyOf(permissions);
            repositories = List.copyOf(repositories);
        }
    }
}
