package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.kms.akv.fixture.AkvStandIn;
import dev.octosts.kms.aws.fixture.KmsStandIn;
import dev.octosts.kms.gcp.fixture.GcpStandIn;
import dev.octosts.kms.vault.fixture.VaultStandIn;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program with a key and secrets in managers of secrets, whose modules it loads for that. */
class PackagedReferencesIT {

    private static final String DOMAIN = "sts.example.com";

    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld world = DemoWorld.in(sandbox);
    private final KmsStandIn aws = new KmsStandIn();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        aws.close();
        sandbox.close();
    }

    private Map<String, String> variables() throws IOException {
        return PackagedProgram.variables(sandbox, world, DOMAIN, folder);
    }

    @Test
    void reads_a_key_and_a_secret_that_are_referred_to_in_aws() throws Exception {
        aws.secret("octo-sts/webhook", "SecretString", SignedDeliveries.SECRET);
        aws.secret("octo-sts/key", "SecretString", world.app().pkcs1Pem());
        var variables = variables();
        variables.putAll(PackagedKeyServicesIT.keyInAws(aws, world));
        variables.putAll(Map.of(
                "KMS_PROVIDER", "gcp",
                "KMS_KEYS", "",
                "APP_SECRET_CERTIFICATE_FILE", "aws-sm://octo-sts/key",
                "GITHUB_WEBHOOK_SECRET", "aws-sm://octo-sts/webhook"));
        try (var program = PackagedProgram.start(folder, variables)) {
            assertThat(PackagedKeyServicesIT.exchange(program.ready(), world, DOMAIN))
                    .as(program.output())
                    .isEqualTo(200);
            assertThat(SignedDeliveries.deliver(
                                    program,
                                    "72d3162e-cc78-11e3-81ab-4c9367dc0958",
                                    "ping",
                                    "{\"zen\": \"Keep it simple.\"}")
                            .statusCode())
                    .isBetween(200, 299);
            assertThat(program.output()).doesNotContain(SignedDeliveries.SECRET, "BEGIN RSA", "[error]");
        }
    }

    @Test
    void reads_a_secret_that_is_referred_to_in_vault_and_says_what_is_missing() throws Exception {
        try (var vault = new VaultStandIn()) {
            vault.token("hvs.root");
            var variables = variables();
            variables.put("GITHUB_WEBHOOK_SECRET", "vault://secret/octo-sts/webhook#current");
            try (var program = PackagedProgram.start(folder, variables)) {
                assertThat(program.exitStatus()).isEqualTo(1);
                assertThat(program.output())
                        .contains(
                                "octo-sts: GITHUB_WEBHOOK_SECRET: \"vault://secret/octo-sts/webhook#current\" cannot be"
                                        + " read: the key service is not configured; VAULT_ADDR is not set");
            }
            variables.putAll(Map.of("VAULT_ADDR", vault.address(), "VAULT_TOKEN", "hvs.root"));
            try (var program = PackagedProgram.start(folder, variables)) {
                program.ready();
                assertThat(vault.calls("secret/data/octo-sts/webhook")).isEqualTo(1);
            }
        }
    }

    @Test
    void reads_a_secret_that_is_referred_to_in_google_cloud() throws Exception {
        try (var gcp = new GcpStandIn()) {
            var variables = variables();
            variables.putAll(Map.of(
                    "GITHUB_WEBHOOK_SECRET",
                    "gcp-sm://projects/p/secrets/webhook",
                    "CLOUDSDK_API_ENDPOINT_OVERRIDES_SECRETMANAGER",
                    gcp.address(),
                    "GOOGLE_APPLICATION_CREDENTIALS",
                    gcp.serviceAccount(
                                    folder.resolve("account.json"), world.app().privateKey())
                            .toString()));
            try (var program = PackagedProgram.start(folder, variables)) {
                program.ready();
                assertThat(gcp.requests())
                        .anyMatch(request -> request.path().contains("secrets/webhook/versions/latest"));
            }
        }
    }

    @Test
    void reads_a_secret_that_is_referred_to_in_azure() throws Exception {
        try (var azure = new AkvStandIn(sandbox.authority().serverContext())) {
            var variables = variables();
            variables.putAll(Map.of(
                    "GITHUB_WEBHOOK_SECRET",
                    azure.address().replace("https://", "akv://") + "/secrets/webhook",
                    "AZURE_AUTHORITY_HOST",
                    azure.address(),
                    "AZURE_TENANT_ID",
                    "tenant-1",
                    "AZURE_CLIENT_ID",
                    "client-1",
                    "AZURE_CLIENT_SECRET",
                    "secret-of-azure"));
            try (var program = PackagedProgram.start(folder, variables)) {
                program.ready();
                assertThat(azure.requests()).anyMatch(request -> request.path().equals("/secrets/webhook"));
            }
        }
    }
}
