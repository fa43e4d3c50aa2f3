package dev.octosts.probers;

import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A source of identity tokens from a managed identity of Azure: by the variables that App Service and Container Apps
 * set, else by the metadata service of a virtual machine. {@code AZURE_CLIENT_ID} selects one of several identities.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token">Microsoft:
 *     managed identities on a virtual machine</a>
 * @see <a href="https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference">Microsoft:
 *     managed identities of App Service</a>
 */
final class AzureSource implements IdentityTokenSource {

    private static final String ENDPOINT = "IDENTITY_ENDPOINT";
    private static final String HEADER = "IDENTITY_HEADER";
    private static final String METADATA = "http://169.254.169.254/metadata/identity/oauth2/token";

    private final Map<String, String> environment;
    private final Network network;
    private final RetryBudget retries;

    AzureSource(Map<String, String> environment, Network network, RetryBudget retries) {
        this.environment = Map.copyOf(environment);
        this.network = network;
        this.retries = retries;
    }

    @Override
    public Result obtain(String audience) throws InterruptedException {
        Optional<HttpRequest> request;
        try {
            request = request(audience);
        } catch (IllegalArgumentException _) {
            return new Result.Missing(HEADER + " is not a header's value");
        }
        if (request.isEmpty()) {
            return new Result.Missing(ENDPOINT + " is not an address");
        }
        return switch (network.send(request.get(), retries)) {
            case Reply.Failed(var reason, var _) -> new Result.Missing("Azure gave no token: " + reason);
            case Reply.Answered answered -> read(answered);
        };
    }

    private Optional<HttpRequest> request(String audience) {
        var endpoint = environment.getOrDefault(ENDPOINT, "");
        var secret = environment.getOrDefault(HEADER, "");
        boolean hosted = !endpoint.isEmpty() && !secret.isEmpty();
        var query = (hosted ? "?api-version=2019-08-01" : "?api-version=2018-02-01")
                + "&resource=" + encoded(audience)
                + Optional.ofNullable(environment.get("AZURE_CLIENT_ID"))
                        .filter(id -> !id.isEmpty())
                        .map(id -> "&client_id=" + encoded(id))
                        .orElse("");
        try {
            var address = new URI((hosted ? endpoint : METADATA) + query);
            if (address.getHost() == null) {
                return Optional.empty();
            }
            var request = network.request(address);
            return Optional.of(
                    (hosted ? request.header("X-IDENTITY-HEADER", secret) : request.header("Metadata", "true"))
                            .build());
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static Result read(Reply.Answered answered) {
        if (answered.status() != HttpURLConnection.HTTP_OK) {
            return new Result.Missing("Azure gave no token: HTTP " + answered.status()
                    + (answered.status() == 400 ? "; is the audience the id URI of an application?" : ""));
        }
        return JsonObjects.object(answered.body())
                .flatMap(json -> JsonObjects.text(json, "access_token"))
                .map(value -> TokenText.token("Azure's answer", value))
                .orElseGet(() -> new Result.Missing("Azure answered without a token"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
