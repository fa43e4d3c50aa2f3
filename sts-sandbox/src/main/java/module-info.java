/**
 * A GitHub REST API and OpenID Connect issuers on loopback, faithful in what an App-token service can observe: for
 * component tests, demonstrations and load measurements. It knows nothing of the service and is never part of it.
 * Entry: {@link dev.octosts.sandbox.Sandbox}.
 */
module dev.octosts.sandbox {
    requires static transitive org.jspecify;
    requires transitive jakarta.json;
    requires HdrHistogram;
    requires com.nimbusds.jose.jwt;
    requires info.picocli;
    requires io.helidon.common.socket;
    requires io.helidon.common.tls;
    requires io.helidon.common.uri;
    requires io.helidon.http;
    requires io.helidon.http.encoding;
    requires io.helidon.webserver;
    requires java.logging;
    requires java.management;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;

    exports dev.octosts.sandbox;
    exports dev.octosts.sandbox.github;
    exports dev.octosts.sandbox.http;
    exports dev.octosts.sandbox.key;
    exports dev.octosts.sandbox.oidc;
    exports dev.octosts.sandbox.postgres;
    exports dev.octosts.sandbox.tls;

    opens dev.octosts.sandbox to
            info.picocli; // create the commands and fill in the options
    opens dev.octosts.sandbox.bench to
            info.picocli;
    opens dev.octosts.sandbox.demo to
            info.picocli;
    opens dev.octosts.sandbox.loss to
            info.picocli;
    opens dev.octosts.sandbox.standin to
            info.picocli;
    opens dev.octosts.sandbox.trial to
            info.picocli;
}
