package dev.octosts.sandbox.trial;

import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.process.Deployment;
import dev.octosts.sandbox.process.Launcher;
import dev.octosts.sandbox.process.Ports;
import dev.octosts.sandbox.process.SandboxException;
import dev.octosts.sandbox.process.ServerProcess;
import dev.octosts.sandbox.trial.AttackResult.Counted;
import dev.octosts.sandbox.trial.AttackResult.ProcessState;
import dev.octosts.sandbox.trial.AttackResult.Removed;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs a trial: a service with its options as shipped, the quiet tenant, and one attack after the other. A service that
 * broke a promise is replaced by a new one, so that every attack meets a healthy one.
 */
final class Trial implements AutoCloseable {
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration BEFORE = Duration.ofSeconds(4);
    private static final Duration TO_RECOVER = Duration.ofSeconds(7);
    private static final Duration AFTER = Duration.ofSeconds(3);
    private static final Duration TO_HOLD = Duration.ofSeconds(5);
    private static final Duration TO_GRANT = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int GRANTED = 200;
    private static final int NOT_FOUND = 404;

    /** @param connections of each attack, before its own factor */
    record Plan(List<Attack> attacks, Duration each, int connections) {}

    private final Launcher launcher;
    private final Plan plan;
    private final Sandbox sandbox;
    private final int port;
    private final TrialWorld world;
    private @Nullable Running running;

    /** A service, and the tenant that calls it. */
    private record Running(Deployment deployment, ServerProcess process, QuietTenant tenant) implements AutoCloseable {
        ProcessState state() {
            return new ProcessState(process.handle().isAlive(), process.resident(), process.sockets());
        }

        @Override
        public void close() {
            tenant.close();
            deployment.close();
        }
    }

    private Trial(Launcher launcher, Plan plan, Sandbox sandbox) {
        this.launcher = launcher;
        this.plan = plan;
        this.sandbox = sandbox;
        this.port = Ports.choose(0, "PORT");
        this.world = new TrialWorld(sandbox, URI.create("http://localhost:" + port));
    }

    static List<AttackResult> run(Launcher launcher, Plan plan) {
        try (var sandbox = Sandbox.start();
                var trial = new Trial(launcher, plan, sandbox)) {
            return trial.all();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted", interrupted);
        } catch (IOException failed) {
            throw new SandboxException("the trial cannot go on: " + failed.getMessage(), failed);
        }
    }

    private List<AttackResult> all() throws IOException, InterruptedException {
        var results = new ArrayList<AttackResult>();
        for (var attack : plan.attacks()) {
            var against = running == null ? start() : running;
            running = against;
            progress(attack.name() + ": " + attack.what());
            var result = one(attack, against);
            results.add(result);
            result.broken().forEach(promise -> progress("  broken: " + promise));
            result.during().firstFailure().ifPresent(failure -> progress("  first failure: " + failure));
            if (!result.kept()) {
                against.deployment().keepLog();
                progress("  the log: " + against.deployment().service().log());
                against.close();
                running = null;
            }
        }
        return results;
    }

    private Running start() throws InterruptedException {
        progress("starting the service");
        var deployment = Deployment.start(
                launcher, sandbox, world.app(), port, Map.of("GITHUB_WEBHOOK_SECRET", TrialWorld.WEBHOOK_SECRET));
        Runtime.getRuntime().addShutdownHook(new Thread(deployment::close));
        var _ = deployment.service().awaitReady();
        var process = new ServerProcess(deployment.service().process());
        awaitGranted(world.policyToRemove());
        var tenant = QuietTenant.begin(world.service(), process, world::quietExchange);
        Thread.sleep(WARM_UP);
        return new Running(deployment, process, tenant);
    }

    /**
     * Uses a policy, so that the service knows it. The service may be busy: with its first keys, or with the rest of an
     * attack.
     */
    private static void awaitGranted(TrialWorld.Removal policy) throws InterruptedException {
        long end = System.nanoTime() + TO_GRANT.toNanos();
        for (int status = status(policy); status != GRANTED; status = status(policy)) {
            if (System.nanoTime() > end) {
                throw new SandboxException("an exchange without any attack is answered with " + status);
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private AttackResult one(Attack attack, Running against) throws IOException, InterruptedException {
        var tenant = against.tenant();
        var prepared = attack.preparation().prepare(world);
        var policy = world.policyToRemove();
        awaitGranted(policy);
        var before = tenant.next();
        Thread.sleep(BEFORE);
        var processBefore = against.state();
        long countedBefore =
                prepared.bound().map(bound -> bound.count().getAsLong()).orElse(0L);
        var during = tenant.next();
        long end = System.nanoTime() + plan.each().toNanos();
        CompletableFuture<Removed> removed;
        long steps;
        try (var attackers = Attackers.begin(world.service(), prepared, plan.connections())) {
            Thread.sleep(plan.each().dividedBy(2));
            removed = CompletableFuture.supplyAsync(
                    () -> remove(policy), Thread.ofPlatform().daemon()::start);
            Thread.sleep(Math.max(0, (end - System.nanoTime()) / 1_000_000));
            steps = attackers.steps();
        }
        var counted = prepared.bound()
                .map(bound -> new Counted(
                        bound.what(),
                        bound.count().getAsLong() - countedBefore,
                        bound.most(plan.each().toSeconds())));
        var _ = tenant.next();
        Thread.sleep(TO_RECOVER);
        var after = tenant.next();
        Thread.sleep(AFTER);
        var processAfter = against.state();
        tenant.end(after);
        return new AttackResult(
                attack,
                plan.each(),
                tenant.end(before),
                tenant.end(during),
                after,
                processBefore,
                processAfter,
                removed.join(),
                counted,
                steps);
    }

    /** The delivery may be refused. Then the service has to find the change itself. */
    private static Removed remove(TrialWorld.Removal policy) {
        String delivery;
        try {
            delivery = Integer.toString(policy.deliver());
        } catch (IOException none) {
            delivery = none.toString();
        }
        long end = System.nanoTime() + TO_HOLD.toNanos();
        int last = status(policy);
        while (last != NOT_FOUND && System.nanoTime() < end) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            last = status(policy);
        }
        return new Removed(delivery, last == GRANTED);
    }

    private static int status(TrialWorld.Removal policy) {
        try {
            return policy.exchange();
        } catch (IOException none) {
            return 0;
        }
    }

    static void progress(String what) {
        System.err.println("octo-sts trial: " + what);
    }

    @Override
    public void close() {
        if (running != null) {
            running.close();
        }
        world.close();
    }
}
