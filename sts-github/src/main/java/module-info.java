/** The client of GitHub: {@link dev.octosts.github.GitHub}. */
module dev.octosts.github {
    requires static transitive org.jspecify;
    requires transitive dev.octosts.api;
    requires com.github.benmanes.caffeine;
    requires com.nimbusds.jose.jwt;
    requires io.helidon.faulttolerance;
    requires jakarta.json;
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires jdk.net; // the HTTP client looks for socket options in it
    requires org.slf4j;

    exports dev.octosts.github;
    exports dev.octosts.github.key; // to the modules of key services, too, which are not in the layer of this one
    exports dev.octosts.github.egress to
            dev.octosts.app, // its client of the event sink
            dev.octosts.exchange; // its client of issuers
}
