package dev.octosts.api.http;

import dev.octosts.api.ServiceAddresses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Describes the endpoints of OAuth 2.0 to its clients.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414">RFC 8414</a>
 */
@Path("/.well-known/oauth-authorization-server")
@ApplicationScoped
public class ServerMetadataResource {

    private static final String DOCUMENTATION =
            "https://github.com/octo-sts/octo-sts-java/blob/main/docs/token-exchange.md";

    private final ServiceAddresses addresses;

    @Inject
    ServerMetadataResource(ServiceAddresses addresses) {
        this.addresses = addresses;
    }

    /** For the client proxy of this bean. */
    ServerMetadataResource() {
        this(new ServiceAddresses("", ""));
    }

    /** The metadata of the service, whose issuer is {@code https://} and its domain. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Object> metadata() {
        String issuer = "https://" + addresses.domain();
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("issuer", issuer);
        metadata.put("token_endpoint", issuer + "/token");
        metadata.put("grant_types_supported", List.of(TokenExchangeForm.GRANT_TYPE));
        // There is no authorization endpoint, so there are no response types; the standard requires the member.
        metadata.put("response_types_supported", List.of());
        metadata.put("token_endpoint_auth_methods_supported", List.of("none"));
        // Who holds a token may revoke it; its workload may also ask about it with its own OIDC token.
        metadata.put("revocation_endpoint", issuer + "/revoke");
        metadata.put("revocation_endpoint_auth_methods_supported", List.of("none"));
        metadata.put("introspection_endpoint", issuer + "/introspect");
        metadata.put("introspection_endpoint_auth_methods_supported", List.of("none", "Bearer"));
        metadata.put("service_documentation", DOCUMENTATION);
        return metadata;
    }
}
