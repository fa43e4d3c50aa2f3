package dev.octosts.app.events;

import dev.octosts.github.key.ServiceHttp;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The metadata server of Cloud Run, Compute Engine and GKE, which gives tokens for the service account that this
 * process runs as.
 *
 * @see <a href="https://cloud.google.com/run/docs/authenticating/service-to-service">Cloud Run: service to service</a>
 * @see <a
 *     href="https://cloud.google.com/compute/docs/instances/verifying-instance-identity#request_signature">Compute Engine:
 *     the identity token of an instance</a>
 */
final class MetadataTokens implements TokenGiver {

    private static final String PATH = "/computeMetadata/v1/instance/service-accounts/default/identity?audience=";

    private final URI server;
    private final URI address;

    MetadataTokens(URI server, String audience) {
        this.server = server;
        this.address = URI.create(server + PATH + URLEncoder.encode(audience, StandardCharsets.UTF_8));
    }

    @Override
    public String name() {
        return "the metadata server " + server.getAuthority();
    }

    @Override
    public String advice() {
        return "Run the service as a service account";
    }

    @Override
    public ServiceHttp.ServiceRequest question() {
        return new ServiceHttp.ServiceRequest(
                "GET", address, Map.of("Metadata-Flavor", List.of("Google")), new byte[0]);
    }

    @Override
    public String token(ServiceHttp.ServiceAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8).strip();
    }
}
