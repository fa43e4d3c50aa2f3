/**
 * The program: it reads the configuration, starts the server with the other modules as its parts, and serves the
 * operator: health, metrics, logs. Start at {@link dev.octosts.app.Main}; no module depends on this one.
 */
module dev.octosts.app {
    requires static transitive org.jspecify;
    requires static org.checkerframework.checker.qual; // annotations of PostgreSQL's driver
    requires dev.octosts.api;
    requires dev.octosts.exchange;
    requires dev.octosts.github;
    requires dev.octosts.operators;
    requires dev.octosts.policy;
    requires dev.octosts.probers;
    requires dev.octosts.webhook;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind; // the log encoder needs it, too, but does not declare it
    requires com.zaxxer.hikari;
    requires flyway.core;
    requires info.picocli;
    requires io.helidon;
    requires io.helidon.common;
    requires io.helidon.common.buffers;
    requires io.helidon.common.concurrency.limits;
    requires io.helidon.common.context;
    requires io.helidon.common.socket;
    requires io.helidon.common.task;
    requires io.helidon.common.uri;
    requires io.helidon.http;
    requires io.helidon.http.media;
    requires io.helidon.logging.common;
    requires io.helidon.metrics.api;
    requires io.helidon.microprofile.cdi;
    requires io.helidon.microprofile.config;
    requires io.helidon.microprofile.faulttolerance;
    requires io.helidon.microprofile.health;
    requires io.helidon.microprofile.metrics;
    requires io.helidon.microprofile.server;
    requires io.helidon.openapi;
    requires io.helidon.webserver;
    requires jakarta.cdi;
    requires jakarta.inject;
    requires jakarta.json;
    requires jakarta.json.bind; // for the resources' records, at run time
    requires java.logging;
    requires java.management;
    requires java.net.http;
    requires java.sql;
    requires jdk.unsupported; // only this module can catch signals
    requires jul.to.slf4j;
    requires logstash.logback.encoder;
    requires microprofile.config.api;
    requires microprofile.health.api;
    requires microprofile.metrics.api;
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.apache.httpcomponents.core5.httpcore5.h2; // decodes the headers of HTTP/2
    requires org.postgresql.jdbc; // for notifications that PostgreSQL sends to a connection
    requires org.slf4j;
    requires org.yaml.snakeyaml;

    uses dev.octosts.api.trace.TracerProvider;
    uses dev.octosts.github.key.KeyServiceProvider;

    provides ch.qos.logback.classic.spi.Configurator with
            dev.octosts.app.logging.LogConfigurator;
    provides io.helidon.logging.common.spi.LoggingProvider with
            dev.octosts.app.logging.JdkLogBridge;
    provides io.helidon.metrics.spi.MetersProvider with
            dev.octosts.app.metrics.RuntimeMeters;
    provides io.helidon.webserver.spi.ServerConnectionSelectorProvider with
            dev.octosts.app.edge.HeaderTimeoutHttp1Provider;

    opens dev.octosts.app to
            info.picocli, // fill in the options
            weld.core.impl,
            io.helidon.microprofile.cdi; // call the extension
    opens dev.octosts.app.audit to
            weld.core.impl,
            io.helidon.microprofile.cdi; // create the bean and call its observers
    opens dev.octosts.app.cli to
            info.picocli; // create the commands and fill in the options
    opens dev.octosts.app.cli.githubapp to
            info.picocli; // create the commands and fill in the options
    opens dev.octosts.app.cli.operator to
            info.picocli; // create the commands and fill in the options
    opens dev.octosts.app.cli.policy to
            info.picocli; // create the commands and fill in the options
    opens dev.octosts.app.database to
            weld.core.impl,
            io.helidon.microprofile.cdi; // create the beans and call their observers
    opens dev.octosts.app.edge to
            weld.core.impl,
            io.helidon.microprofile.cdi; // create the beans and call their observers
    opens dev.octosts.app.events to
            weld.core.impl,
            io.helidon.microprofile.cdi; // create and proxy the bean
    opens dev.octosts.app.health to
            weld.core.impl,
            io.helidon.microprofile.cdi; // create the beans and call their observers
    opens dev.octosts.app.metrics to
            weld.core.impl,
            io.helidon.microprofile.cdi; // create the beans and call their observers
    opens dev.octosts.app.operators to
            weld.core.impl,
            io.helidon.microprofile.cdi; // create the bean and call its observers
    opens dev.octosts.app.replicas to
            weld.core.impl,
            io.helidon.microprofile.cdi; // create the bean and call its observers
    opens dev.octosts.app.playground to
            weld.core.impl,
            io.helidon.microprofile.cdi; // create and proxy the beans
}
