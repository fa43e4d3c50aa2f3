package dev.octosts.app;

import dev.octosts.app.settings.Settings.Outcome;
import dev.octosts.app.settings.SettingsReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/**
 * Starts the program as it will be served, with a key of its own and without GitHub, uses it a little and stops it. The
 * build runs it once, so that Java can keep what it learnt about loading and linking the classes for the real starts.
 *
 * @see <a href="https://openjdk.org/jeps/514">JEP 514, ahead-of-time command-line ergonomics</a>
 */
@Command(name = "rehearse", hidden = true)
final class Rehearsal implements Callable<Integer> {

    private static final int ROUNDS = 20;

    Rehearsal() {}

    @Override
    public Integer call() throws IOException, InterruptedException, GeneralSecurityException {
        int port = freePort();
        var outcome = SettingsReader.read(Map.of(
                "PORT", Integer.toString(port),
                "STS_DOMAIN", "sts.invalid",
                "GITHUB_APP_IDS", "1",
                "APP_SECRET_CERTIFICATE_ENV_VAR", privateKey(),
                "GITHUB_BASE_URL", "https://127.0.0.1:1",
                "OCTOSTS_LOG_LEVEL", "error"));
        if (outcome instanceof Outcome.Sound(var settings)
                && Service.start(settings).isEmpty()) {
            use(URI.create("http://127.0.0.1:" + port));
            System.exit(ExitCode.OK);
        }
        return ExitCode.SOFTWARE;
    }

    private static void use(URI service) throws IOException, InterruptedException {
        var paths = List.of("/", "/health/ready", "/metrics", "/sts/exchange?scope=o/r&identity=i", "/nowhere");
        try (var client = HttpClient.newHttpClient()) {
            for (int round = 0; round < ROUNDS; round++) {
                for (String path : paths) {
                    var request = HttpRequest.newBuilder(service.resolve(path))
                            .header("Authorization", "Bearer e30.e30.e30")
                            .build();
                    client.send(request, BodyHandlers.discarding());
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String privateKey() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var der = generator.generateKeyPair().getPrivate().getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PRIVATE KEY-----\n";
    }
}
