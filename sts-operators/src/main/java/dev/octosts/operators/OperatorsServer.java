package dev.octosts.operators;

import dev.octosts.api.Egress;
import dev.octosts.exchange.OperatorProvider;
import dev.octosts.operators.OperatorsSettings.Login;
import dev.octosts.operators.access.LoginFlow;
import dev.octosts.operators.access.MachineTokens;
import dev.octosts.operators.access.OperatorSessions;
import dev.octosts.operators.access.Roles;
import dev.octosts.operators.api.AuditApi;
import dev.octosts.operators.api.StateApi;
import dev.octosts.operators.api.UsageApi;
import dev.octosts.operators.console.ConsolePages;
import dev.octosts.operators.console.ErrorPage;
import dev.octosts.operators.console.LoginPages;
import dev.octosts.operators.http.Gate;
import dev.octosts.operators.http.OperatorRoute;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The operators' listener. It has nothing in common with that of the exchange: no port, no filter, no budget. Every
 * request is bounded here.
 */
public final class OperatorsServer implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 128;
    private static final int MOST_REQUESTS = 64;
    private static final int LONGEST_BODY = 32 * 1024;
    private static final int LONGEST_HEADERS = 16 * 1024;
    private static final int LONGEST_FIRST_LINE = 8 * 1024;
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final OperatorProvider provider;
    private final Optional<LoginFlow> flow;
    private final List<OperatorRoute> routes;
    private final WebServer server;

    private OperatorsServer(OperatorsSettings settings, OperatorPorts ports, Egress egress) {
        this.provider = new OperatorProvider(settings.issuer(), egress, ports.clock());
        var roles = new Roles(settings);
        var sessions = new OperatorSessions(ports.clock());
        boolean secure = settings.login().filter(Login::isSecure).isPresent();
        this.flow = settings.login().map(login -> new LoginFlow(provider, login, roles, egress, ports.clock()));
        var table = new ArrayList<OperatorRoute>();
        table.addAll(new AuditApi(ports).routes());
        table.addAll(new StateApi(ports).routes());
        table.addAll(new UsageApi(ports).routes());
        table.addAll(new ConsolePages(ports).routes());
        flow.ifPresent(logins -> table.addAll(new LoginPages(logins, provider, sessions, secure, ports).routes()));
        this.routes = List.copyOf(table);
        var gate = new Gate(
                routes,
                new Gate.Doors(
                        new MachineTokens(provider, settings.audience(), roles),
                        sessions,
                        LoginPages.sessionCookie(secure),
                        flow.map(_ -> LoginPages.LOGIN),
                        ErrorPage::of));
        var builder = WebServer.builder()
                .port(settings.port())
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofSeconds(1))
                .maxTcpConnections(MOST_CONNECTIONS)
                .maxConcurrentRequests(MOST_REQUESTS)
                .maxPayloadSize(LONGEST_BODY)
                .idleConnectionTimeout(SILENCE)
                .connectionOptions(options -> options.readTimeout(SILENCE).tcpNoDelay(true))
                // Nothing that is found on the path belongs here: neither the exchange's connections nor its features.
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(Http1ConnectionSelector.builder()
                        .config(Http1Config.builder()
                                .maxHeadersSize(LONGEST_HEADERS)
                                .maxPrologueLength(LONGEST_FIRST_LINE)
                                .build())
                        .build());
        // The gate has bounds of its own for the bodies that it reads.
        ports.stream()
                .ifPresent(stream -> builder.contentEncoding(stream.encoding()).maxPayloadSize(stream.longestBody()));
        this.server = builder.routing(routing -> {
                    ports.stream().ifPresent(stream -> routing.register(stream.service()));
                    routing.any(gate);
                })
                .build()
                .start();
    }

    /**
     * Starts to listen. The identity provider may be down.
     *
     * @param egress how calls to the provider leave this process
     * @throws UncheckedIOException when the port is not available
     */
    public static OperatorsServer start(OperatorsSettings settings, OperatorPorts ports, Egress egress) {
        var started = new OperatorsServer(settings, ports, egress);
        // Helidon logs a failed bind and goes on without a listener.
        if (started.port() < 0) {
            started.close();
            throw new UncheckedIOException(new BindException("port " + settings.port()));
        }
        return started;
    }

    /** Where it listens. */
    public int port() {
        return server.port();
    }

    /** The table of everything that it answers. */
    List<OperatorRoute> routes() {
        return routes;
    }

    @Override
    public void close() {
        server.stop();
        flow.ifPresent(LoginFlow::close);
        provider.close();
    }
}
