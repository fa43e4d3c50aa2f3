package dev.octosts.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.github.Level;
import dev.octosts.sandbox.tls.CertificateAuthority;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoWorldTest {

    @Test
    void has_policies_that_the_app_can_read() {
        try (var sandbox = Sandbox.start();
                var client = new Client(sandbox)) {
            var world = DemoWorld.in(sandbox);
            var token = client.token(world.installation(), "{\"permissions\":{\"contents\":\"read\"}}");
            for (var file : new String[] {"octo-repo/ci", "octo-repo/release", ".github/reader"}) {
                var parts = file.split("/", -1);
                var path = "/repos/octo-org/" + parts[0] + "/contents/" + DemoWorld.policyFile(parts[1]);
                var lines = Client.object(client.get(token, path)).getString("content");
                assertThat(new String(Base64.getMimeDecoder().decode(lines), StandardCharsets.UTF_8))
                        .contains("issuer: " + world.issuer().url())
                        .contains("permissions:");
            }
        }
    }

    @Test
    void gives_out_tokens_of_a_workflow() {
        try (var sandbox = Sandbox.start();
                var client = new Client(sandbox)) {
            var world = DemoWorld.in(sandbox);
            assertThat(world.workflowToken("sts.example").sign().split("\\.", -1))
                    .hasSize(3);
            var onDemand = client.fetch(world.issuer().url() + "/token?sub=x&aud=sts.example");
            assertThat(onDemand.statusCode()).isEqualTo(200);
            assertThat(world.app().permissions().allow("issues", Level.WRITE)).isTrue();
            assertThat(world.repository().fullName()).isEqualTo("octo-org/octo-repo");
        }
    }

    @Test
    void is_trusted_by_the_files_of_its_authority(@TempDir Path folder) throws Exception {
        var authority = CertificateAuthority.create();
        var pem = authority.writePem(folder.resolve("ca.pem"));
        assertThat(Files.readString(pem))
                .startsWith("-----BEGIN CERTIFICATE-----")
                .isEqualTo(authority.pem());
        var file = authority.writeTrustStore(folder.resolve("trust.p12"), "changeit");
        var store = KeyStore.getInstance(file.toFile(), "changeit".toCharArray());
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void listens_on_the_ports_that_it_was_given() {
        int port;
        int issuers;
        try (var first = Sandbox.start()) {
            port = first.github().baseUri().getPort();
            issuers = first.issuers().port();
        }
        try (var second = Sandbox.start(port, issuers)) {
            assertThat(second.github().baseUri().getPort()).isEqualTo(port);
            assertThat(second.issuers().port()).isEqualTo(issuers);
        }
    }
}
