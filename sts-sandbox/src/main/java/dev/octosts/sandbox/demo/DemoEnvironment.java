package dev.octosts.sandbox.demo;

import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.client.HttpAnswer;
import dev.octosts.sandbox.client.HttpCall;
import dev.octosts.sandbox.client.HttpConnection;
import dev.octosts.sandbox.github.AuditStream;
import dev.octosts.sandbox.process.Deployment;
import dev.octosts.sandbox.process.Launcher;
import dev.octosts.sandbox.process.Ports;
import dev.octosts.sandbox.process.SandboxException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The sandbox with the demonstration's organization, and the service in front of it. */
final class DemoEnvironment implements AutoCloseable {
    /**
     * The ports to listen on; 0 for free ones.
     *
     * @param console whether the operators' console is wanted, and where
     */
    record Where(int service, int github, int issuer, Optional<Integer> console) {}

    private final Sandbox sandbox;
    private final DemoWorld world;
    private final Deployment deployment;
    private final Optional<DemoConsole> console;
    private final SSLContext tls;
    private volatile Optional<AuditStream> stream = Optional.empty();

    private DemoEnvironment(Sandbox sandbox, DemoWorld world, Deployment deployment, Optional<DemoConsole> console) {
        this.sandbox = sandbox;
        this.world = world;
        this.deployment = deployment;
        this.console = console;
        this.tls = sandbox.authority().clientContext();
    }

    /** Starts everything; the service is not ready at once. */
    static DemoEnvironment set(Launcher launcher, Where where) {
        int github = Ports.choose(where.github(), "--github-port");
        int issuer = Ports.choose(where.issuer(), "--issuer-port");
        int service = Ports.choose(where.service(), "--port");
        Optional<DemoConsole> console = where.console()
                .map(port -> new DemoConsole(Ports.choose(port, "--console-port"), issuer, DemoConsole.secret()));
        var sandbox = Sandbox.start(github, issuer);
        try {
            var app = DemoWorld.app(sandbox);
            var deployment = Deployment.start(
                    launcher,
                    sandbox,
                    app,
                    service,
                    folder -> console.map(wanted -> wanted.variables(folder)).orElse(Map.of()));
            // Meanwhile: the issuer's key alone can take a second.
            console.ifPresent(wanted -> wanted.openIn(sandbox));
            return new DemoEnvironment(sandbox, DemoWorld.in(sandbox, app), deployment, console);
        } catch (RuntimeException notStarted) {
            sandbox.close();
            throw notStarted;
        }
    }

    Sandbox sandbox() {
        return sandbox;
    }

    DemoWorld world() {
        return world;
    }

    Deployment deployment() {
        return deployment;
    }

    /** The operators' console, when there is one. */
    Optional<URI> console() {
        return console.map(DemoConsole::address);
    }

    URI github(String path) {
        return sandbox.github().baseUri().resolve(path);
    }

    URI exchange(String scope, String identity) {
        var query = "/sts/exchange?scope=" + scope + "&identity=" + identity;
        return deployment.service().address().resolve(query);
    }

    /** @throws SandboxException when there is no answer */
    HttpAnswer call(HttpCall call) {
        try {
            return HttpConnection.call(call, tls);
        } catch (IOException noAnswer) {
            throw new SandboxException(call + ": no answer (" + noAnswer.getMessage() + ")", noAnswer);
        }
    }

    /** GitHub's stream of the audit log begins; the console shows what it brings. */
    void stream() {
        stream = console.map(
                wanted -> new AuditStream(sandbox.github(), wanted.address(), wanted.streamSecret()).start());
    }

    @Override
    public void close() {
        stream.ifPresent(AuditStream::close);
        deployment.close();
        sandbox.close();
    }
}
