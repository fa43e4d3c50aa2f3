/**
 * The customer from outside: how a workload gets its identity token, exchanges it, and gives the GitHub token back.
 * Entry: {@link dev.octosts.probers.StsClient}; {@link dev.octosts.probers.probe.Prober} proves from outside that a service
 * works and refuses. Works against any service of this kind, not only ours.
 */
module dev.octosts.probers {
    requires static transitive org.jspecify;
    requires transitive dev.octosts.api;
    requires transitive jakarta.json;
    requires HdrHistogram;
    requires io.helidon.http;
    requires io.helidon.webserver;
    requires java.net.http;
    requires java.xml;
    requires org.yaml.snakeyaml;

    exports dev.octosts.probers;
    exports dev.octosts.probers.load;
    exports dev.octosts.probers.probe;
    exports dev.octosts.probers.smoke;
}
