package dev.octosts.sandbox.bench;

import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.client.HttpCall;
import dev.octosts.sandbox.client.HttpConnection;
import dev.octosts.sandbox.process.Deployment;
import dev.octosts.sandbox.process.Launcher;
import dev.octosts.sandbox.process.Ports;
import dev.octosts.sandbox.process.SandboxException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/**
 * Makes the service do its usual work, and stops it. The build runs this once with a launcher whose Java keeps what it
 * learnt about classes and about methods that are called often, for quicker starts and quicker first exchanges.
 *
 * @see <a href="https://openjdk.org/jeps/514">JEP 514, ahead-of-time command-line ergonomics</a>
 * @see <a href="https://openjdk.org/jeps/515">JEP 515, ahead-of-time method profiling</a>
 */
@Command(name = "train", hidden = true)
public final class TrainCommand implements Callable<Integer> {
    private static final int REPOSITORIES = 40;
    private static final int TOKENS = 200;
    private static final int ROUNDS = 20;
    private static final int CONNECTIONS = 2;
    private static final Duration AT_MOST = Duration.ofSeconds(10);
    private static final List<String> OTHER_PATHS =
            List.of("/", "/health", "/health/ready", "/metrics", "/sts/exchange?scope=o/r&identity=i", "/nowhere");

    public TrainCommand() {}

    @Override
    public Integer call() {
        try (var sandbox = Sandbox.start()) {
            var world = new BenchWorld(sandbox, REPOSITORIES);
            try (var deployment =
                    Deployment.start(Launcher.ofThisProcess(), sandbox, world.app(), Ports.choose(0, "PORT"))) {
                var _ = deployment.service().awaitReady();
                return train(world, deployment.service().address()) ? ExitCode.OK : ExitCode.SOFTWARE;
            }
        }
    }

    private static boolean train(BenchWorld world, URI service) {
        var requests = world.exchanges(service, TOKENS);
        boolean sound = true;
        for (int round = 0; round < ROUNDS; round++) {
            OTHER_PATHS.forEach(path -> look(service.resolve(path)));
            sound &= Load.run(service, requests, CONNECTIONS, AT_MOST).errors() == 0;
        }
        return sound;
    }

    private static void look(URI address) {
        try {
            var _ = HttpConnection.call(HttpCall.get(address, "e30.e30.e30"), null);
        } catch (IOException broken) {
            throw new SandboxException("the service does not answer at " + address, broken);
        }
    }
}
