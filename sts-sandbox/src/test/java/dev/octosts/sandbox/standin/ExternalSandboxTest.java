package dev.octosts.sandbox.standin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Client;
import dev.octosts.sandbox.DemoWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalSandboxTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void leaves_in_the_folder_what_a_deployment_needs() throws IOException {
        try (var standIn = ExternalSandbox.start(folder, Duration.ZERO)) {
            assertThat(Files.readAllLines(standIn.environment()))
                    .contains(
                            "STS_DOMAIN=sts.octo-org.example",
                            "GITHUB_APP_IDS=1001,1002",
                            "GITHUB_BASE_URL=" + standIn.sandbox().github().baseUri(),
                            "APP_SECRET_CERTIFICATE_FILE=" + folder.resolve("app.pem"),
                            "SSL_CERT_FILE=" + folder.resolve("ca.pem"));
            assertThat(folder.resolve("ca.pem")).isNotEmptyFile();
            assertThat(folder.resolve("app.pem")).content().startsWith("-----BEGIN RSA PRIVATE KEY-----");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("app.pem"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void tells_at_its_end_what_was_minted_and_what_was_given_back_without_the_tokens() throws IOException {
        String kept;
        try (var standIn = ExternalSandbox.start(folder, Duration.ZERO);
                var client = new Client(standIn.sandbox())) {
            kept = client.token(standIn.installation(), "{\"permissions\":{\"checks\":\"write\"}}");
            var returned = client.token(
                    standIn.installation(),
                    "{\"permissions\":{\"contents\":\"read\"},\"repositories\":[\"" + DemoWorld.REPOSITORY + "\"]}");
            client.call(returned, "DELETE", "/installation/token", "");
        }

        assertThat(Files.readAllLines(folder.resolve("tokens.tsv")))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("[0-9a-f]{64}\t[0-9]+\tchecks=write,metadata=read\tall\tlive\t[0-9]{10}")
                                .doesNotContain(kept),
                        line -> assertThat(line)
                                .matches(
                                        "[0-9a-f]{64}\t[0-9]+\tcontents=read,metadata=read\t[0-9]+\trevoked\t[0-9]{10}"));
    }
}
