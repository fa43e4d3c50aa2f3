package dev.octosts.app.settings;

import java.net.ProxySelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * The settings for outgoing calls of a command: the part of the environment that the service reads too.
 *
 * @param tls the certificates to trust
 * @param proxies which proxy to use for an address; empty when the environment names none
 * @param faults the faults of the variables; with any, the rest must not be used
 */
public record Outgoing(SSLContext tls, Optional<ProxySelector> proxies, List<SettingFault> faults) {

    public Outgoing {
        faults = List.copyOf(faults);
    }

    /** Reads the variables for trust and proxies; all others are ignored. */
    public static Outgoing read(Map<String, String> environment) {
        var variables = new Variables(environment);
        var tls = TrustedCertificates.read(variables);
        var proxies = Proxies.read(variables);
        return new Outgoing(tls, proxies, variables.faults());
    }
}
