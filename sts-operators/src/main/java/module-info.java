/**
 * The operators' side of the service: a listener of its own with an API for programs and a console for people. Start at
 * {@link dev.octosts.operators.OperatorsServer}. It learns everything about the service through the ports in {@link
 * dev.octosts.operators.spi}.
 */
module dev.octosts.operators {
    requires static transitive org.jspecify;
    requires transitive dev.octosts.api;
    requires transitive dev.octosts.exchange;
    requires dev.octosts.policy;
    requires io.helidon.common.socket;
    requires io.helidon.http;
    requires io.helidon.webserver;
    requires jakarta.json;
    requires java.net.http;
    requires org.slf4j;

    exports dev.octosts.operators to
            dev.octosts.app;
    exports dev.octosts.operators.spi to
            dev.octosts.app; // implements the ports
}
