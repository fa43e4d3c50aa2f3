package dev.octosts.api.http;

import dev.octosts.api.BearerToken;
import dev.octosts.api.ExchangeRequest;
import dev.octosts.api.RequestId;
import dev.octosts.api.RequestedGrant;
import dev.octosts.api.http.OAuthException.OAuthError;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The form of a token exchange.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8693#section-2.1">RFC 8693, section 2.1</a>
 */
final class TokenExchangeForm {

    static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange";
    static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    private static final Set<String> SUBJECT_TOKEN_TYPES =
            Set.of("urn:ietf:params:oauth:token-type:jwt", "urn:ietf:params:oauth:token-type:id_token");

    /** RFC 8693 lets a client name several targets. The service makes tokens for one. */
    private static final Set<String> REPEATABLE = Set.of("resource", "audience");

    private final OAuthForm parameters;

    private TokenExchangeForm(OAuthForm parameters) {
        this.parameters = parameters;
    }

    /**
     * Reads the request.
     *
     * @param gitHubHost the host that a {@code resource} must have
     */
    static ExchangeRequest read(ContainerRequestContext request, String gitHubHost) throws OAuthException {
        var form = new TokenExchangeForm(OAuthForm.read(request));
        RequestedGrant subset;
        try {
            subset = form.subset();
        } catch (InvalidRequestException unreadable) {
            throw OAuthForm.unreadable(unreadable);
        }
        form.checkTypes();
        String scope = form.target(gitHubHost);
        String identity = form.parameters.required("identity", "the name of the trust policy");
        String userAgent = Optional.ofNullable(request.getHeaderString(HttpHeaders.USER_AGENT))
                .orElse("");
        return new ExchangeRequest(
                Optional.of(new BearerToken(form.parameters.required("subject_token", "the OIDC token"))),
                scope,
                identity,
                subset,
                userAgent,
                RequestId.current().value());
    }

    private void checkTypes() throws OAuthException {
        parameters.refuseRepeated(REPEATABLE);
        if (!parameters.required("grant_type", GRANT_TYPE).equals(GRANT_TYPE)) {
            throw new OAuthException(OAuthError.UNSUPPORTED_GRANT_TYPE, "the grant_type must be " + GRANT_TYPE);
        }
        if (!SUBJECT_TOKEN_TYPES.contains(parameters.required("subject_token_type", "the type of the subject_token"))) {
            throw OAuthForm.invalid("the subject_token_type must be urn:ietf:params:oauth:token-type:id_token or "
                    + "urn:ietf:params:oauth:token-type:jwt");
        }
        if (!parameters.single("requested_token_type").orElse(ACCESS_TOKEN).equals(ACCESS_TOKEN)) {
            throw OAuthForm.invalid("the requested_token_type must be " + ACCESS_TOKEN);
        }
        if (parameters.single("actor_token").isPresent()) {
            throw OAuthForm.invalid("an actor_token is not supported");
        }
    }

    private RequestedGrant subset() throws InvalidRequestException {
        Optional<String> permissions = parameters.single("permissions");
        Optional<String> repositories = parameters.single("repositories");
        return new RequestedGrant(
                permissions.isEmpty() ? Map.of() : RequestedGrantTexts.permissions(permissions.get()),
                repositories.isEmpty() ? List.of() : RequestedGrantTexts.repositories(repositories.get()));
    }

    /** The owner, or owner and repository, that {@code scope}, {@code resource} or {@code audience} names. */
    private String target(String gitHubHost) throws OAuthException {
        var targets = new LinkedHashSet<String>(parameters.all("scope"));
        targets.addAll(parameters.all("audience"));
        for (String resource : parameters.all("resource")) {
            targets.add(ofAddress(resource, gitHubHost));
        }
        return switch (targets.size()) {
            case 0 ->
                throw OAuthForm.invalid(
                        "scope is missing: send the owner, or owner/repository, as scope or audience, or its "
                                + "address at GitHub as resource");
            case 1 -> targets.getFirst();
            default -> throw new OAuthException(OAuthError.INVALID_TARGET, "a token is for one owner or repository");
        };
    }

    /** {@code https://github.com/owner/repository}, or the same at another GitHub. */
    private static String ofAddress(String resource, String gitHubHost) throws OAuthException {
        try {
            var address = new URI(resource);
            String path = Optional.ofNullable(address.getRawPath()).orElse("");
            if ("https".equals(address.getScheme())
                    && gitHubHost.equalsIgnoreCase(address.getHost())
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null
                    && path.length() > 1) {
                return path.substring(1, path.endsWith("/") ? path.length() - 1 : path.length());
            }
        } catch (URISyntaxException _) {
            // as below
        }
        throw new OAuthException(
                OAuthError.INVALID_TARGET,
                "resource is not the address of an owner or a repository, such as https://" + gitHubHost
                        + "/owner/repository");
    }
}
