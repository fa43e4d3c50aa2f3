package dev.octosts.probers;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    private final RetryBudget retries;

    GoogleSource(Map<String, String> environment, Network network, RetryBudget retries) {
        this.environment = Map.copyOf(environment);
        this.network = network;
        this.retries = retries;
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
        return switch (network.send(request, retries)) {
            case Reply.Failed(var reason, var _) ->
                new Result.Missing("Google's metadata server gave no token: " + reason);
            case Reply.Answered answered ->
                answered.status() == HttpURLConnection.HTTP_OK
                        ? TokenText.token("Google's metadata server", answered.body())
                        : new Result.Missing("Google's metadata server gave no token: HTTP " + answered.status());
        };
    }

    /** Selects no proxy for the metadata server of the machine, which only this machine can reach. */
    static final class MetadataRoute extends ProxySelector {

        static final String GOOGLE = "metadata.google.internal";
        private static final String LINK_LOCAL = "169.254.";

        private final ProxySelector others;

        private MetadataRoute(ProxySelector others) {
            this.others = others;
        }

        /** @param proxies for all other addresses; empty takes the proxies that Java was started with */
        static ProxySelector around(Optional<ProxySelector> proxies) {
            return new MetadataRoute(proxies.or(() -> Optional.ofNullable(ProxySelector.getDefault()))
                    .orElse(HttpClient.Builder.NO_PROXY));
        }

        @Override
        public List<Proxy> select(URI address) {
            var host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
            return host.equals(GOOGLE) || host.startsWith(LINK_LOCAL)
                    ? List.of(Proxy.NO_PROXY)
                    : others.select(address);
        }

        @Override
        public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
            others.connectFailed(address, proxy, failure);
        }
    }
}
