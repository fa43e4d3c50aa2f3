package dev.octosts.sandbox.bench;

import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.client.HttpCall;
import dev.octosts.sandbox.client.HttpConnection;
import dev.octosts.sandbox.github.GitHubApp;
import dev.octosts.sandbox.oidc.Algorithm;
import dev.octosts.sandbox.oidc.SandboxIssuer;
import dev.octosts.sandbox.process.Deployment;
import dev.octosts.sandbox.process.Launcher;
import dev.octosts.sandbox.process.Ports;
import dev.octosts.sandbox.process.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Exchanges by new callers only, as many as an hour might bring: every second a new issuer, a new owner and four new
 * identities. Some of them lead nowhere. The data that the service keeps about them must not accumulate.
 */
final class Soak {
    private static final int EXCHANGES = 4 * 3_600;
    private static final int EACH = 4;
    private static final int CALLERS = 8;
    private static final Duration AT_MOST = Duration.ofSeconds(110);
    private static final int NOWHERE = 10;

    private final Sandbox sandbox;
    private final GitHubApp app;
    private final URI service;
    private final ServerProcess process;
    private final Map<Integer, SandboxIssuer> issuers = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final SoakResults results = new SoakResults();
    private final long deadline = System.nanoTime() + AT_MOST.toNanos();

    private Soak(Sandbox sandbox, GitHubApp app, Deployment deployment) {
        this.sandbox = sandbox;
        this.app = app;
        this.service = deployment.service().address();
        this.process = new ServerProcess(deployment.service().process());
    }

    static SoakResults run(Launcher launcher) {
        try (var sandbox = Sandbox.start()) {
            sandbox.github().enforceRateLimits(false);
            var app = sandbox.github().app("octo-sts-soak");
            try (var deployment = Deployment.start(launcher, sandbox, app, Ports.choose(0, "PORT"))) {
                Runtime.getRuntime().addShutdownHook(new Thread(deployment::close));
                Bench.progress("starting the service");
                var _ = deployment.service().awaitReady();
                return new Soak(sandbox, app, deployment).drive();
            }
        }
    }

    private SoakResults drive() {
        Bench.progress("newcomers for at most " + AT_MOST.toSeconds() + " s");
        results.sample(0, process.resident());
        var finished = new CountDownLatch(CALLERS);
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            for (int i = 0; i < CALLERS; i++) {
                threads.execute(() -> {
                    call();
                    finished.countDown();
                });
            }
            while (!finished.await(5, TimeUnit.SECONDS)) {
                results.sample(done.get(), process.resident());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        results.sample(done.get(), process.resident());
        return results;
    }

    private void call() {
        while (System.nanoTime() < deadline) {
            int number = next.getAndIncrement();
            if (number >= EXCHANGES) {
                return;
            }
            try (var connection = HttpConnection.open(service, null)) {
                var answer = connection.send(request(number));
                int wanted = number % NOWHERE < 2 ? 404 : 200;
                if (answer.status() != wanted) {
                    results.error(answer.status() + " " + answer.message());
                }
            } catch (IOException broken) {
                results.error(broken.toString());
            }
            done.incrementAndGet();
            if (number % 1_000 == 0) {
                sandbox.github().calls().clear();
            }
        }
    }

    /** One in ten names an owner without the App, and one an identity without a policy. */
    private byte[] request(int number) {
        var issuer = issuers.computeIfAbsent(number / EACH, _ -> newIssuer());
        var owner = "newcomer-" + number / EACH;
        var identity = "identity-" + number;
        var repository = sandbox.github().repository(sandbox.github().organization(owner), "repository");
        sandbox.github().install(app, repository.owner());
        if (number % NOWHERE != 1) {
            repository.put(DemoWorld.policyFile(identity), policy(issuer, number));
        }
        var scope = (number % NOWHERE == 0 ? "nobody-" + number : owner) + "/repository";
        var token = issuer.token()
                .subject("subject-" + number)
                .audience(Deployment.DOMAIN)
                .sign();
        var address = service.resolve("/sts/exchange?scope=" + scope + "&identity=" + identity);
        return HttpCall.get(address, token).bytes();
    }

    /** A new issuer with keys on a curve: thousands of RSA keys would take too long. */
    private SandboxIssuer newIssuer() {
        return sandbox.issuers().create(Algorithm.ES256).algorithms(Algorithm.ES256.text());
    }

    private static String policy(SandboxIssuer issuer, int number) {
        return """
                issuer: %s
                subject_pattern: subject-(%d|other-[0-9]+)
                permissions:
                  contents: write
                """.formatted(issuer.url(), number);
    }
}
