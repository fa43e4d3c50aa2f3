package dev.octosts.sandbox.bench;

import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.client.HttpConnection;
import dev.octosts.sandbox.github.CallKind;
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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * Measures how the cost of an exchange depends on the amount of work. Each amount has a world and a service of its own:
 * one exchange alone, then one for every policy, then warm ones for some seconds.
 */
final class Scale {

    private static final int FEWEST_TOKENS = 5_000;

    /** Exchanges of each process before the measurement, because the compilers need so many. */
    private static final int WARM = 100_000;

    private static final Duration WHOLE_PASS = Duration.ofMinutes(10);

    /** What there is more or less of. */
    enum Work {
        /** Accounts that have the App; exchanges are for four of them. */
        installations,
        /** Repositories with a policy each, in four accounts; exchanges are for all of them in turn. */
        policies,
        /** Accounts with trusted issuers and one policy each; exchanges are for all of them in turn. */
        organizations,
        /** Claims of a token that a policy names with their values. */
        claims,
        /** Claims of a token that a policy names with patterns. */
        patterns,
        /** Processes of the service with one PostgreSQL, and records of exchanges in it. */
        replicas;

        private static final int USUAL = 4;

        private List<Integer> amounts() {
            return switch (this) {
                case installations -> List.of(1, 100, 10_000, 100_000);
                case policies -> List.of(1, 1_000, 10_000, 100_000);
                case organizations -> List.of(1, 100, 1_000, 10_000);
                case claims, patterns -> List.of(1, 10, 30, 60);
                case replicas -> List.of(1, 2, 3);
            };
        }

        private BenchWorld.Size size(int amount) {
            return switch (this) {
                case installations ->
                    BenchWorld.Size.of(Math.min(USUAL, amount)).withBystanders(Math.max(0, amount - USUAL));
                case policies -> BenchWorld.Size.of(amount);
                case organizations -> new BenchWorld.Size(amount, amount, 0, 0, 0);
                case claims -> new BenchWorld.Size(USUAL, USUAL, 0, amount, 0);
                case patterns -> new BenchWorld.Size(USUAL, USUAL, 0, 0, amount);
                case replicas -> BenchWorld.Size.of(USUAL);
            };
        }
    }

    /**
     * One amount.
     *
     * @param first the time of the first exchange after the start
     * @param newcomers one exchange for each policy, which the service reads for it
     * @param warm exchanges after that
     * @param resident the memory of all processes of the service, in bytes
     */
    record Point(int amount, Duration first, Pass newcomers, Pass warm, long resident) {}

    /**
     * Exchanges of several callers.
     *
     * @param cpuMicros of the service, for each exchange
     * @param reads calls to GitHub for each exchange beyond the mint of its token
     */
    record Pass(long errors, double perSecond, Histogram latency, double cpuMicros, double reads) {}

    private final Launcher launcher;
    private final int connections;
    private final Duration each;

    Scale(Launcher launcher, int connections, Duration each) {
        this.launcher = launcher;
        this.connections = connections;
        this.each = each;
    }

    List<Point> measure(Work work) {
        var points = new ArrayList<Point>();
        for (int amount : work.amounts()) {
            Bench.progress(work + ": " + amount);
            points.add(work == Work.replicas ? withDatabase(work, amount) : point(work, amount, 1, Map.of()));
        }
        return points;
    }

    private Point withDatabase(Work work, int replicas) {
        try (var postgres = LocalPostgres.start()
                .orElseThrow(() -> new SandboxException("--scale replicas: there is no PostgreSQL on this machine"))) {
            return point(work, replicas, replicas, postgres.variables());
        } catch (IOException failed) {
            throw new SandboxException("PostgreSQL: " + failed.getMessage(), failed);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted", hurried);
        }
    }

    private Point point(Work work, int amount, int replicas, Map<String, String> database) {
        var started = new ArrayList<Deployment>();
        try (var sandbox = Sandbox.start()) {
            var world = new BenchWorld(sandbox, work.size(amount));
            for (int replica = 0; replica < replicas; replica++) {
                started.add(Deployment.start(launcher, sandbox, world.app(), Ports.choose(0, "PORT"), folder -> {
                    var variables = new HashMap<>(world.variables());
                    variables.putAll(database);
                    variables.put("OCTOSTS_AUDIT_SPOOL", folder.resolve("spool").toString());
                    return variables;
                }));
            }
            var services = new ArrayList<URI>();
            for (var one : started) {
                Runtime.getRuntime().addShutdownHook(new Thread(one::close));
                var _ = one.service().awaitReady();
                services.add(one.service().address());
            }
            var processes = started.stream()
                    .map(one -> new ServerProcess(one.service().process()))
                    .toList();
            return measure(amount, sandbox, world, services, processes);
        } finally {
            started.forEach(Deployment::close);
        }
    }

    private Point measure(
            int amount, Sandbox sandbox, BenchWorld world, List<URI> services, List<ServerProcess> processes) {
        var first = alone(services.getFirst(), world.exchange(services.getFirst(), 0));
        Pass newcomers = pass(sandbox, services, exchanges(world, services, world.policies()), processes, WHOLE_PASS);
        var requests = exchanges(world, services, Math.max(FEWEST_TOKENS, world.policies()));
        for (int done = 0; done < WARM; done += requests.getFirst().length) {
            pass(sandbox, services, requests, processes, WHOLE_PASS);
        }
        Pass warm = pass(sandbox, services, requests, processes, each);
        long resident = processes.stream()
                .mapToLong(process -> process.resident().orElse(0))
                .sum();
        return new Point(amount, first, newcomers, warm, resident);
    }

    private static List<byte[][]> exchanges(BenchWorld world, List<URI> services, int count) {
        return services.stream().map(service -> world.exchanges(service, count)).toList();
    }

    private static Duration alone(URI service, byte[] request) {
        try (var connection = HttpConnection.open(service, null)) {
            long begun = System.nanoTime();
            var answer = connection.send(request);
            if (answer.status() != 200) {
                throw new SandboxException("the service answered " + answer.status() + " " + answer.message());
            }
            return Duration.ofNanos(System.nanoTime() - begun);
        } catch (IOException noAnswer) {
            throw new SandboxException("no answer (" + noAnswer.getMessage() + ")", noAnswer);
        }
    }

    /** Each service has its share of the connections. */
    private Pass pass(
            Sandbox sandbox,
            List<URI> services,
            List<byte[][]> requests,
            List<ServerProcess> processes,
            Duration atMost) {
        sandbox.github().calls().clear();
        var before = sandbox.github().calls().received();
        var cpu = cpu(processes);
        var begun = System.nanoTime();
        var outcomes = new ArrayList<Load.Outcome>();
        try (var threads = Executors.newFixedThreadPool(services.size())) {
            var loads = new ArrayList<Callable<Load.Outcome>>();
            for (int at = 0; at < services.size(); at++) {
                var service = services.get(at);
                var own = requests.get(at);
                loads.add(() -> Load.run(service, own, Math.max(1, connections / services.size()), atMost));
            }
            for (Future<Load.Outcome> load : threads.invokeAll(loads)) {
                outcomes.add(load.get());
            }
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException("a load failed", failed);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        double micros = (cpu(processes) - cpu) / 1e3;
        var latency = outcomes.getFirst().latency().copy();
        outcomes.stream().skip(1).forEach(outcome -> latency.add(outcome.latency()));
        double exchanges = Math.max(1, latency.getTotalCount());
        long calls = calls(sandbox.github().calls().received()) - calls(before);
        return new Pass(
                outcomes.stream().mapToLong(Load.Outcome::errors).sum(),
                exchanges / seconds,
                latency,
                micros / exchanges,
                calls / exchanges - 1);
    }

    private static long cpu(List<ServerProcess> processes) {
        return processes.stream().mapToLong(process -> process.cpu().toNanos()).sum();
    }

    /** Without revocations, for which no caller waits. */
    private static long calls(Map<CallKind, Long> calls) {
        return calls.entrySet().stream()
                .filter(call -> call.getKey() != CallKind.REVOKE)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
