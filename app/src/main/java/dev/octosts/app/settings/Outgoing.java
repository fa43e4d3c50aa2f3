package dev.octosts.app.settings;

import java.net.ProxySelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a command that only calls others gets out: the part of the environment that the service reads too.
 *
 * @param tls whom to trust
 * @param proxies which proxy to use for an address; empty when the environment names none
 * @param faults what is wrong with the variables; with any, the rest must not be used
 */
public record Outgoing(SSLContext tls, Optional<ProxySelector> proxies, List<Fault> faults) {

    public Outgoing {
        faults = List.copyOf(faults);
    }

    /** Reads the variables; others than those for trust and proxies are of no concern. */
    public static Outgoing read(Map<String, String> environment) {
        var variables = new Variables(environment);
        var tls = Trust.read(variables);
        var proxies = Proxies.read(variables);
        return new Outgoing(tls, proxies, variables.faults());
    }
}
