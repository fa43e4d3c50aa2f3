package dev.octosts.sandbox.bench;

import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.process.Deployment;
import dev.octosts.sandbox.process.Launcher;
import dev.octosts.sandbox.process.Ports;
import dev.octosts.sandbox.process.ServerProcess;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Runs one benchmark: start, cold exchanges, warm-up, measurements, in this order. */
final class Bench {
    private static final Duration WHOLE_WARM_UP = Duration.ofMinutes(10);
    private static final ServerProcess OWN = new ServerProcess(ProcessHandle.current());
    private static final Duration PROBE = Duration.ofSeconds(5);
    private static final int PROBES = 500;
    private static final int WARM_UP_TOKENS = 5_000;

    /** Tokens beyond those that the rate of a probe promises to use. */
    private static final double RESERVE = 1.5;

    /** @param delayMillis GitHub's distance, for the cold exchanges alone */
    record Plan(int repositories, int warmUp, Duration each, List<Integer> connections, int delayMillis) {}

    private final Plan plan;
    private final Sandbox sandbox;
    private final BenchWorld world;
    private final URI service;
    private final ServerProcess process;

    private Bench(Plan plan, Sandbox sandbox, BenchWorld world, Deployment deployment) {
        this.plan = plan;
        this.sandbox = sandbox;
        this.world = world;
        this.service = deployment.service().address();
        this.process = new ServerProcess(deployment.service().process());
    }

    static Results run(Launcher launcher, Plan plan) {
        try (var sandbox = Sandbox.start()) {
            var world = new BenchWorld(sandbox, plan.repositories());
            world.rehearse(sandbox);
            try (var deployment =
                    Deployment.start(launcher, sandbox, world.app(), Ports.choose(0, "PORT"), world.variables())) {
                Runtime.getRuntime().addShutdownHook(new Thread(deployment::close));
                progress("starting the service");
                var start = deployment.service().awaitReady();
                return new Bench(plan, sandbox, world, deployment).measure(start);
            }
        }
    }

    private Results measure(Duration start) {
        var idle = process.resident();
        var cold = cold();
        warmUp();
        var yardstick = new SignatureCost(world.app().privateKey());
        yardstick.warmUp();
        var signatures = new ArrayList<Long>();
        signatures.add(yardstick.nanos());
        var warm = new ArrayList<Results.Warm>();
        for (int connections : plan.connections()) {
            warm.add(warm(connections));
            signatures.add(yardstick.nanos());
        }
        var memory = new Results.Memory(idle, process.resident(), process.mostResident());
        return new Results(plan, start, cold, warm, signatures, memory);
    }

    private List<ColdStart> cold() {
        progress("cold exchanges");
        var delay = Duration.ofMillis(plan.delayMillis());
        var first = world.exchange(service, 0);
        var another = world.exchange(service, BenchWorld.anotherOfTheFirst() % plan.repositories());
        return List.of(
                ColdStart.exchange("first exchange after ready", first, service, sandbox.github(), delay),
                ColdStart.exchange(
                        "another repository of a known organization", another, service, sandbox.github(), delay));
    }

    /**
     * Tokens are sent several times here. It makes no difference to the compiler, and signing takes longer than
     * exchanging.
     */
    private void warmUp() {
        int tokens = Math.min(plan.warmUp(), WARM_UP_TOKENS);
        progress("signing " + tokens + " tokens for the warm-up");
        var requests = world.exchanges(service, tokens);
        int connections = plan.connections().stream().max(Integer::compare).orElse(1);
        progress("warming up with " + plan.warmUp() + " exchanges");
        for (int done = 0; done < plan.warmUp(); done += tokens) {
            load(requests, connections, WHOLE_WARM_UP);
        }
    }

    private Results.Warm warm(int connections) {
        var probe = load(world.exchanges(service, PROBES), connections, PROBE);
        int count = (int) Math.max(PROBES, probe.perSecond() * plan.each().toSeconds() * RESERVE);
        progress("signing " + count + " tokens for " + connections + " connections");
        var requests = world.exchanges(service, count);
        progress("measuring " + connections + " connections");
        var github = sandbox.github().calls().received();
        var issuer = world.issuerCalls();
        var cpu = process.cpu();
        var own = OWN.cpu();
        var busy = Machine.busy();
        var outcome = load(requests, connections, plan.each());
        var used = process.cpu().minus(cpu);
        return new Results.Warm(
                outcome,
                used,
                others(busy, used.plus(OWN.cpu().minus(own)), outcome.elapsed()),
                since(github, sandbox.github().calls().received()),
                world.issuerCalls() - issuer);
    }

    private static OptionalDouble others(Optional<Duration> before, Duration ours, Duration elapsed) {
        var after = Machine.busy();
        if (before.isEmpty() || after.isEmpty()) {
            return OptionalDouble.empty();
        }
        var theirs = after.get().minus(before.get()).minus(ours);
        double all = (double) elapsed.toNanos() * Runtime.getRuntime().availableProcessors();
        return OptionalDouble.of(Math.max(0, theirs.toNanos() / all));
    }

    /** Runs a load. Only the number of its calls matters, not each call. */
    private Load.Outcome load(byte[][] requests, int connections, Duration atMost) {
        sandbox.github().calls().clear();
        return Load.run(service, requests, connections, atMost);
    }

    private static Map<CallKind, Long> since(Map<CallKind, Long> before, Map<CallKind, Long> after) {
        var between = new EnumMap<CallKind, Long>(CallKind.class);
        after.forEach((kind, count) -> {
            long more = count - before.getOrDefault(kind, 0L);
            if (more > 0) {
                between.put(kind, more);
            }
        });
        return between;
    }

    static void progress(String what) {
        System.err.println("octo-sts bench: " + what);
    }
}
