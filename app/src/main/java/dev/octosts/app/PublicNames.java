package dev.octosts.app;

import dev.octosts.api.ServiceAddresses;
import dev.octosts.app.settings.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;

/** Gives the resources the public names of this service and of its GitHub. */
@ApplicationScoped
class PublicNames {

    private static final String API = "api.";

    @Produces
    @Singleton
    static ServiceAddresses addresses(Settings settings) {
        var exchange = settings.exchange();
        return new ServiceAddresses(exchange.domain(), webHost(exchange.gitHub().address()));
    }

    /**
     * GitHub.com and GHE.com have their API at a host of its own, {@code api.} and then the host of the pages;
     * Enterprise Server has it on the host of the pages.
     */
    static String webHost(URI api) {
        String host = api.getHost();
        return host.startsWith(API) ? host.substring(API.length()) : host;
    }
}
