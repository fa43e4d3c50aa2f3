package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.key.PemKey;
import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program while its operator changes what it reads, with no restart. */
class PackagedReloadingIT {

    private static final String DOMAIN = "sts.example.com";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PING = "{\"zen\": \"Keep it simple.\"}";

    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld world = DemoWorld.in(sandbox);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        sandbox.close();
    }

    private static String fingerprint(PrivateKey key) {
        return new PemKey(key).fingerprint().orElseThrow();
    }

    private static int delivered(PackagedProgram program) throws IOException, InterruptedException {
        return SignedDeliveries.deliver(program, "72d3162e-cc78-11e3-81ab-4c9367dc0958", "ping", PING)
                .statusCode();
    }

    private static int exchange(PackagedProgram program, DemoWorld world) throws IOException, InterruptedException {
        return PackagedKeyServicesIT.exchange(program, world, DOMAIN);
    }

    /** As Kubernetes changes a volume: all at once, by a link. */
    private void publish(String version, String secret, String apps) throws IOException {
        var data = Files.createDirectory(folder.resolve(version));
        Files.writeString(data.resolve("webhook"), secret);
        Files.writeString(data.resolve("apps.yaml"), apps);
        var link = Files.createSymbolicLink(folder.resolve("..data_" + version), data);
        Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private String apps(String owner, String keyFile) {
        return "orgs: [{name: '" + owner + "', apps: [{app_id: " + world.app().id() + ", private_key_file: "
                + folder.resolve(keyFile) + "}]}]";
    }

    @Test
    void follows_its_apps_their_keys_and_the_secret_of_its_webhook() throws Exception {
        Files.writeString(folder.resolve("app.pem"), world.app().pkcs1Pem());
        var stranger = sandbox.github().app("stranger");
        Files.writeString(folder.resolve("wrong.pem"), stranger.pkcs1Pem());
        publish("v1", "another secret\n", apps("nobody", "wrong.pem"));
        var variables = PackagedProgram.variables(sandbox, world, DOMAIN, folder);
        variables.putAll(Map.of(
                "APP_SECRET_CERTIFICATE_ENV_VAR",
                "",
                "GITHUB_APP_IDS",
                "",
                "APP_CONFIG_FILE",
                folder.resolve("..data/apps.yaml").toString(),
                "GITHUB_WEBHOOK_SECRET",
                "file://" + folder.resolve("..data/webhook")));
        try (var program = PackagedProgram.start(folder, variables)) {
            Await.until("it serves", SOON, () -> readiness(program).contains(fingerprint(stranger.privateKey())));
            assertThat(delivered(program)).isEqualTo(400);
            assertThat(exchange(program, world)).isEqualTo(404);

            publish("v2", SignedDeliveries.SECRET, apps("*", "app.pem"));

            Await.until("the App serves everybody", SOON, () -> exchange(program, world) == 200);
            Await.until("the secret is the next one", SOON, () -> delivered(program) < 300);
            var used = fingerprint(world.app().privateKey());
            assertThat(readiness(program))
                    .contains("\"key_of_app_" + world.app().id() + "\":\"" + used + "\"");
            Await.until("metrics show it", SOON, () -> value(program, used).startsWith("1"));
            assertThat(value(program, fingerprint(stranger.privateKey()))).startsWith("0");

            publish("v3", "\n", "orgs: []");
            Await.until(
                    "it reports the faults",
                    SOON,
                    () -> program.output().contains("no organization; give at least one")
                            && program.output().contains("has nothing in it"));
            assertThat(exchange(program, world)).isEqualTo(200);
            assertThat(delivered(program)).isLessThan(300);
            assertThat(program.output())
                    .contains("App " + world.app().id() + " has other keys and serves another owner")
                    .contains("\"action\":\"in-use\"", "\"action\":\"change-taken\"", "\"action\":\"change-refused\"")
                    .doesNotContain(SignedDeliveries.SECRET, "another secret");
            assertThat(PrometheusLint.problems(metrics(program))).isEmpty();
        }
    }

    /** The value of a key's series; empty when there is none. */
    private String value(PackagedProgram program, String fingerprint) throws IOException, InterruptedException {
        var series = "octosts_app_key_info{app_id=\"" + world.app().id() + "\",fingerprint=\"" + fingerprint + "\"";
        return metrics(program)
                .lines()
                .filter(line -> line.startsWith(series))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElse("");
    }

    private static String metrics(PackagedProgram program) throws IOException, InterruptedException {
        return program.get("/metrics").body();
    }

    private static String readiness(PackagedProgram program) throws InterruptedException {
        try {
            return program.get("/health/ready").body();
        } catch (IOException notListening) {
            return "";
        }
    }
}
