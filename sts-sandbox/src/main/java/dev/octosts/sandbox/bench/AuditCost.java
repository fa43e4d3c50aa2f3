package dev.octosts.sandbox.bench;

import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.postgres.LocalPostgres;
import dev.octosts.sandbox.process.Deployment;
import dev.octosts.sandbox.process.Launcher;
import dev.octosts.sandbox.process.Ports;
import dev.octosts.sandbox.process.SandboxException;
import dev.octosts.sandbox.process.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures what records of exchanges cost: two services, one without a database and one with records, take turns at the
 * same exchanges. What else the machine does falls on both.
 */
final class AuditCost {

    private static final Duration WHOLE_WARM_UP = Duration.ofMinutes(10);
    private static final int TOKENS = 5_000;

    private final Sandbox sandbox;
    private final BenchWorld world;
    private final Bench.Plan plan;

    /** One of the two. */
    private static final class Side {
        private final URI address;
        private final ServerProcess process;
        private final byte[][] requests;
        private final List<AuditCostResults.Turn> turns = new ArrayList<>();

        Side(URI address, ServerProcess process, byte[][] requests) {
            this.address = address;
            this.process = process;
            this.requests = requests;
        }
    }

    private final Load.Rate rate;

    private AuditCost(Sandbox sandbox, BenchWorld world, Bench.Plan plan, Load.Rate rate) {
        this.sandbox = sandbox;
        this.world = world;
        this.plan = plan;
        this.rate = rate;
    }

    /**
     * Measures.
     *
     * @param mode the OCTOSTS_AUDIT of the service with records
     * @param rate of the exchanges that are measured
     */
    static AuditCostResults run(Launcher launcher, Bench.Plan plan, String mode, int turns, Load.Rate rate) {
        var given = Stream.of("OCTOSTS_DB_URL", "OCTOSTS_DB_USER", "OCTOSTS_DB_PASSWORD")
                .filter(name -> System.getenv(name) != null)
                .collect(Collectors.toMap(name -> name, System::getenv));
        try {
            if (given.containsKey("OCTOSTS_DB_URL")) {
                return run(launcher, plan, mode, turns, rate, given);
            }
            try (var own = started()) {
                // Also when somebody presses Ctrl-C.
                var hook = new Thread(() -> stop(own));
                Runtime.getRuntime().addShutdownHook(hook);
                var results = run(launcher, plan, mode, turns, rate, own.variables());
                Runtime.getRuntime().removeShutdownHook(hook);
                return results;
            }
        } catch (IOException failed) {
            throw new SandboxException("PostgreSQL: " + failed.getMessage(), failed);
        }
    }

    private static void stop(LocalPostgres own) {
        try {
            own.close();
        } catch (IOException failed) {
            Bench.progress("PostgreSQL: " + failed.getMessage());
        }
    }

    private static LocalPostgres started() throws IOException {
        Bench.progress("starting a PostgreSQL");
        try {
            return LocalPostgres.start()
                    .orElseThrow(() -> new SandboxException("there is no PostgreSQL on this machine that this user may"
                            + " start; give one in OCTOSTS_DB_URL and OCTOSTS_DB_USER"));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted", hurried);
        }
    }

    private static AuditCostResults run(
            Launcher launcher, Bench.Plan plan, String mode, int turns, Load.Rate rate, Map<String, String> database) {
        try (var sandbox = Sandbox.start()) {
            var world = new BenchWorld(sandbox, plan.repositories());
            world.rehearse(sandbox);
            try (var off = Deployment.start(launcher, sandbox, world.app(), Ports.choose(0, "PORT"), Map.of());
                    var on = Deployment.start(launcher, sandbox, world.app(), Ports.choose(0, "PORT"), folder -> {
                        var variables = new HashMap<>(database);
                        variables.put("OCTOSTS_AUDIT", mode);
                        variables.put(
                                "OCTOSTS_AUDIT_SPOOL", folder.resolve("spool").toString());
                        return variables;
                    })) {
                for (var one : List.of(off, on)) {
                    Runtime.getRuntime().addShutdownHook(new Thread(one::close));
                }
                Bench.progress("starting both services");
                var cost = new AuditCost(sandbox, world, plan, rate);
                return cost.measure(mode, turns, cost.side(off), cost.side(on));
            }
        }
    }

    private Side side(Deployment deployment) {
        var _ = deployment.service().awaitReady();
        var address = deployment.service().address();
        return new Side(address, new ServerProcess(deployment.service().process()), world.exchanges(address, TOKENS));
    }

    private AuditCostResults measure(String mode, int turns, Side off, Side on) {
        int most = plan.connections().stream().max(Integer::compare).orElse(1);
        Bench.progress("warming both up with " + plan.warmUp() + " exchanges each");
        for (int done = 0; done < plan.warmUp(); done += TOKENS) {
            load(off, most, WHOLE_WARM_UP, Load.Rate.FULL);
            load(on, most, WHOLE_WARM_UP, Load.Rate.FULL);
        }
        for (int turn = 1; turn <= turns; turn++) {
            Bench.progress("turn " + turn + " of " + turns);
            var order = turn % 2 == 1 ? List.of(off, on) : List.of(on, off);
            for (int connections : plan.connections()) {
                for (var side : order) {
                    side.turns.add(turn(side, connections));
                }
            }
        }
        return new AuditCostResults(
                mode,
                plan.connections(),
                List.copyOf(off.turns),
                List.copyOf(on.turns),
                Optional.of(new AuditCostResults.Memory(off.process.resident(), on.process.resident())));
    }

    /**
     * The same tokens are sent until the time is up: what a token says makes no difference to what its record costs.
     */
    private AuditCostResults.Turn turn(Side side, int connections) {
        long end = System.nanoTime() + plan.each().toNanos();
        var cpu = side.process.cpu();
        var loads = new ArrayList<Load.Outcome>();
        for (long left = plan.each().toNanos(); left > 0; left = end - System.nanoTime()) {
            loads.add(load(side, connections, Duration.ofNanos(left), rate));
        }
        return AuditCostResults.Turn.of(connections, loads, side.process.cpu().minus(cpu));
    }

    private Load.Outcome load(Side side, int connections, Duration atMost, Load.Rate rate) {
        sandbox.github().calls().clear();
        return Load.run(side.address, side.requests, connections, atMost, rate);
    }
}
