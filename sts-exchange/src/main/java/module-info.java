/**
 * Exchanges an OIDC token for a GitHub token. The pipeline is {@link dev.octosts.exchange.Exchange}. The program
 * configures it with {@link dev.octosts.exchange.ExchangeSettings} and finds it as the bean {@link
 * dev.octosts.api.TokenExchange}.
 */
module dev.octosts.exchange {
    requires static transitive org.jspecify;
    requires transitive dev.octosts.api;
    requires transitive dev.octosts.github;
    requires transitive dev.octosts.policy;
    requires com.github.benmanes.caffeine;
    requires com.nimbusds.jose.jwt;
    requires io.helidon.microprofile.cdi; // normal-scoped beans are proxied, and the proxies need its readability
    requires jakarta.cdi;
    requires jakarta.inject;
    requires jakarta.json;
    requires microprofile.fault.tolerance.api;
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires jdk.net; // the HTTP client looks for socket options in it
    requires org.slf4j;

    exports dev.octosts.exchange;
    exports dev.octosts.exchange.spi to
            dev.octosts.app, // keeps assignments in its database
            dev.octosts.operators; // shows and changes deny rules

    opens dev.octosts.exchange to
            weld.core.impl,
            io.helidon.microprofile.cdi; // create and proxy the beans
    opens dev.octosts.exchange.installation to
            weld.core.impl,
            io.helidon.microprofile.cdi; // the repetition of reads is a bean, for its fault tolerance
    opens dev.octosts.exchange.issuer to
            weld.core.impl,
            io.helidon.microprofile.cdi; // the issuer client is a bean, for its fault tolerance
}
