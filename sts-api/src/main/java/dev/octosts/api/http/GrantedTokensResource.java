package dev.octosts.api.http;

import dev.octosts.api.BearerToken;
import dev.octosts.api.GrantedTokens;
import dev.octosts.api.GrantedTokens.Introspection;
import dev.octosts.api.GrantedTokens.Revocation;
import dev.octosts.api.HeldToken;
import dev.octosts.api.ServiceAddresses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Revokes and describes tokens of this service, for who holds them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7009">RFC 7009, OAuth 2.0 Token Revocation</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662">RFC 7662, OAuth 2.0 Token Introspection</a>
 */
@Path("/")
@ApplicationScoped
public class GrantedTokensResource {

    private static final Pattern SHA256 = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final String TOKEN = "token";
    private static final String DIGEST = "token_sha256";

    private final @Nullable GrantedTokens tokens;
    private final ServiceAddresses addresses;

    @Inject
    GrantedTokensResource(GrantedTokens tokens, ServiceAddresses addresses) {
        this.tokens = tokens;
        this.addresses = addresses;
    }

    /** For the client proxy of this bean. */
    GrantedTokensResource() {
        this.tokens = null;
        this.addresses = new ServiceAddresses("", "");
    }

    /** Ends a token. */
    @POST
    @Path("revoke")
    public Response revoke(@Context ContainerRequestContext request) {
        try {
            var form = form(request);
            if (form.single(DIGEST).isPresent()) {
                throw OAuthForm.invalid("a token cannot be revoked by its SHA-256: GitHub wants the token itself, and "
                        + "this service does not keep it; send it as token");
            }
            var held = new HeldToken(form.required(TOKEN, "the GitHub token to revoke"));
            return switch (tokens().revoke(held)) {
                case Revocation.Done _ -> OAuthResponses.revoked();
                case Revocation.Failed(var problem) -> OAuthResponses.of(problem);
            };
        } catch (OAuthException refused) {
            return OAuthResponses.of(refused);
        }
    }

    /** Says whether a token is valid, and what it can do. */
    @POST
    @Path("introspect")
    public Response introspect(@Context ContainerRequestContext request) {
        try {
            return switch (introspection(request)) {
                case Introspection.Active(var facts) -> OAuthResponses.of(facts, "https://" + addresses.domain());
                case Introspection.Inactive _ -> OAuthResponses.inactive();
                case Introspection.Refused(var problem) -> OAuthResponses.ofIntrospection(problem);
            };
        } catch (OAuthException refused) {
            return OAuthResponses.of(refused);
        }
    }

    private Introspection introspection(ContainerRequestContext request) throws OAuthException {
        var form = form(request);
        Optional<String> digest = form.single(DIGEST);
        if (digest.isEmpty()) {
            return tokens().introspect(new HeldToken(form.required(
                    TOKEN,
                    "the GitHub token, or send its SHA-256 as token_sha256 and the OIDC token that it was exchanged for "
                            + "in Authorization")));
        }
        if (form.single(TOKEN).isPresent()) {
            throw OAuthForm.invalid("send token or token_sha256, not both");
        }
        if (!SHA256.matcher(digest.get()).matches()) {
            throw OAuthForm.invalid("token_sha256 is not a SHA-256: 64 hexadecimal digits are expected");
        }
        List<String> authorization = request.getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of());
        return tokens().introspect(digest.get().toLowerCase(Locale.ROOT), BearerToken.ofHeaders(authorization));
    }

    private static OAuthForm form(ContainerRequestContext request) throws OAuthException {
        var form = OAuthForm.read(request);
        form.refuseRepeated(Set.of());
        return form;
    }

    private GrantedTokens tokens() {
        if (tokens == null) {
            throw new IllegalStateException("a client proxy has no tokens");
        }
        return tokens;
    }
}
