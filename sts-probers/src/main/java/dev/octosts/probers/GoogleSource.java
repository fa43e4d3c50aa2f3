package dev.octosts.probers;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A source of identity tokens from the metadata server of Google Cloud.
 *
 * @see <a href="https://cloud.google.com/compute/docs/instances/verifying-instance-identity#request_signature">Google:
 *     requesting an identity token</a>
 */
final class GoogleSource implements IdentityTokenSource {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?");
    private static final String PATH = "/computeMetadata/v1/instance/service-accounts/default/identity";

    private final Map<String, String> environment;
    private final Network network;
    private final RetryBudget patience;

    GoogleSource(Map<String, String> environment, Network network, RetryBudget patience) {
        this.environment = Map.copyOf(environment);
        this.network = network;
        this.patience = patience;
    }

    @Override
    public Result obtain(String audience) throws InterruptedException {
        var host = environment.getOrDefault("GCE_METADATA_HOST", MetadataRoute.GOOGLE);
        if (!HOST.matcher(host).matches()) {
            return new Result.Missing("GCE_METADATA_HOST is not a host");
        }
        var address = URI.create("http://" + host + PATH + "?format=full&audience="
                + URLEncoder.encode(audience, StandardCharsets.UTF_8));
        var request =
                network.request(address).header("Metadata-Flavor", "Google").build();
        return switch (network.send(request, patience)) {
            case Reply.Failed(var reason, var _) ->
                new Result.Missing("Google's metadata server gave no token: " + reason);
            case Reply.Answered answered ->
                answered.status() == HttpStatus.OK
                        ? TokenText.token("Google's metadata server", answered.body())
                        : new Result.Missing("Google's metadata server gave no token: HTTP " + answered.status());
        };
    }
}
