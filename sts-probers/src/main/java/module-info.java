/**
 * A customer of the service, from outside: it gets an identity token of a workload, exchanges it, and gives the GitHub
 * token back. Entry: {@link dev.octosts.probers.StsClient}. {@link dev.octosts.probers.probe.Prober} checks from
 * outside that a service grants and refuses as it should. It works against any such service, not only ours.
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
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.apache.httpcomponents.core5.httpcore5.h2;
    requires org.yaml.snakeyaml;

    exports dev.octosts.probers;
    exports dev.octosts.probers.load;
    exports dev.octosts.probers.probe;
    exports dev.octosts.probers.smoke;
}
