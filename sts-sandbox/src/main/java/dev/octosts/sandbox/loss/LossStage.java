package dev.octosts.sandbox.loss;

import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.client.HttpCall;
import dev.octosts.sandbox.github.InstallationToken;
import dev.octosts.sandbox.postgres.LocalPostgres;
import dev.octosts.sandbox.process.Deployment;
import dev.octosts.sandbox.process.Launcher;
import dev.octosts.sandbox.process.Ports;
import dev.octosts.sandbox.process.SandboxException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one fault is tried on: a GitHub, a PostgreSQL behind a network that can be cut, and replicas of the service. */
final class LossStage implements AutoCloseable {

    private static final int PLENTY = 100_000_000;

    /** What callers get has this permission, and what the service mints to read policies does not. */
    private static final String OF_CALLERS = "issues";

    /** As an operator runs it: what it has confirmed is on the disk. Its log has small files, so a disk fills soon. */
    private static final List<String> SETTINGS =
            List.of("fsync=on", "synchronous_commit=on", "max_wal_size=16MB", "min_wal_size=4MB");

    private static final List<String> LAYOUT = List.of("--wal-segsize=1");

    private final Launcher launcher;
    private final AuditTrialPlan plan;
    private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
    private final Sandbox sandbox;
    private final DemoWorld world;
    private final Path folder;
    private final @Nullable SmallDisk disk;
    private final LocalPostgres postgres;
    private final NetworkCut network;
    private final List<Integer> ports = new ArrayList<>();
    private final List<Deployment> deployments = new ArrayList<>();

    private LossStage(Launcher launcher, AuditTrialPlan plan, boolean smallDisk)
            throws IOException, InterruptedException {
        this.launcher = launcher;
        this.plan = plan;
        try {
            sandbox = closing(Sandbox.start());
            world = DemoWorld.in(sandbox);
            world.app().rateLimit().remaining(PLENTY);
            world.installation().rateLimit().remaining(PLENTY);
            sandbox.github().enforceRateLimits(false);
            folder = Files.createTempDirectory("octo-sts-audit-trial-");
            toClose.push(() -> LossFiles.delete(folder));
            disk = smallDisk ? closing(SmallDisk.mount()) : null;
            boolean log = plan.durable();
            postgres = closing(
                    LocalPostgres.startIn(disk != null && log ? disk.folder() : Path.of("/tmp"), LAYOUT, SETTINGS)
                            .orElseThrow(
                                    () -> new SandboxException(
                                            "there is no PostgreSQL on this machine that this user may start (initdb, postgres, psql)")));
            network = closing(NetworkCut.before(postgres.port()));
        } catch (IOException | InterruptedException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /** Sets everything up, and waits until all replicas are ready. */
    static LossStage set(Launcher launcher, AuditTrialPlan plan, boolean smallDisk)
            throws IOException, InterruptedException {
        var stage = new LossStage(launcher, plan, smallDisk);
        try {
            for (int replica = 0; replica < plan.replicas(); replica++) {
                stage.ports.add(Ports.choose(0, "PORT"));
                stage.deployments.add(stage.started(replica));
            }
            stage.deployments.forEach(deployment -> deployment.service().awaitReady());
            return stage;
        } catch (RuntimeException failed) {
            stage.close();
            throw failed;
        }
    }

    private <T extends AutoCloseable> T closing(T part) {
        toClose.push(part);
        return part;
    }

    private Deployment started(int replica) {
        var variables = new HashMap<>(LocalPostgres.variablesThrough(network.port()));
        variables.put("OCTOSTS_AUDIT", plan.durable() ? "durable" : "async");
        // In a folder of the trial: it outlives the process, as a volume does.
        var spools = disk != null && !plan.durable() ? disk.folder() : folder;
        variables.put("OCTOSTS_AUDIT_SPOOL", spools.resolve("spool-" + replica).toString());
        return Deployment.start(launcher, sandbox, world.app(), ports.get(replica), variables);
    }

    int replicas() {
        return deployments.size();
    }

    void killReplica(int replica) {
        deployments.get(replica).kill();
    }

    /** Starts a replica that was killed; returns when it is ready. */
    void startReplica(int replica) {
        var deployment = started(replica);
        deployments.set(replica, deployment);
        var _ = deployment.service().awaitReady();
    }

    LocalPostgres postgres() {
        return postgres;
    }

    NetworkCut network() {
        return network;
    }

    SmallDisk disk() {
        return Objects.requireNonNull(disk, "a fault that fills a disk says so");
    }

    List<URI> services() {
        return deployments.stream()
                .map(deployment -> deployment.service().address())
                .toList();
    }

    HttpCall exchange(URI service) {
        return HttpCall.get(
                service.resolve("/sts/exchange?scope=" + DemoWorld.OWNER + "/" + DemoWorld.REPOSITORY + "&identity="
                        + DemoWorld.CI),
                world.workflowToken(Deployment.DOMAIN).sign());
    }

    /** The tokens that GitHub minted for callers. */
    List<InstallationToken> minted() {
        return sandbox.github().mintedTokens().stream()
                .filter(token -> token.permissions().levels().containsKey(OF_CALLERS))
                .toList();
    }

    /** Keeps the logs of the replicas, which may say why a promise was broken. */
    List<Path> keepLogs() {
        deployments.forEach(Deployment::keepLog);
        return deployments.stream()
                .map(deployment -> deployment.service().log())
                .toList();
    }

    /** Whether the command that operators verify the chain with finds nothing. */
    boolean chainHolds() throws IOException, InterruptedException {
        return launcher.run(Map.copyOf(postgres.variables()), folder.resolve("verify.log"), "audit", "verify") == 0;
    }

    /** Stops the replicas as an operator does, so that each ends what it has begun. */
    void stopReplicas() {
        deployments.forEach(Deployment::close);
        deployments.clear();
    }

    @Override
    public void close() {
        stopReplicas();
        for (var part : toClose) {
            try {
                part.close();
            } catch (Exception leftBehind) {
                AuditTrial.progress("something is left behind: " + leftBehind.getMessage());
            }
        }
        toClose.clear();
    }
}
