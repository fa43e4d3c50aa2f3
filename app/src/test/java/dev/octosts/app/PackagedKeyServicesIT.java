package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.key.PemKey;
import dev.octosts.github.key.SigningException;
import dev.octosts.kms.akv.fixture.AkvStandIn;
import dev.octosts.kms.aws.fixture.KmsStandIn;
import dev.octosts.kms.gcp.fixture.GcpStandIn;
import dev.octosts.kms.vault.fixture.VaultStandIn;
import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program with its Apps' keys in a key service, whose module it loads in addition to its own. */
class PackagedKeyServicesIT {

    private static final String DOMAIN = "sts.example.com";

    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld world = DemoWorld.in(sandbox);
    private final KmsStandIn aws = new KmsStandIn();

    @TempDir
    Path folder;

    @BeforeEach
    void key() {
        aws.key("alias/octo-sts", pair(world));
    }

    @AfterEach
    void close() {
        aws.close();
        sandbox.close();
    }

    private static KeyPair pair(DemoWorld world) {
        try {
            var key = world.app().privateKey();
            return new KeyPair(new PemKey(key).publicKey().orElseThrow(), key);
        } catch (SigningException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** The variables that take the place of the App's private key. */
    static Map<String, String> keyInAws(KmsStandIn aws, DemoWorld world) {
        aws.key("alias/octo-sts", pair(world));
        return Map.of(
                "APP_SECRET_CERTIFICATE_ENV_VAR", "",
                "KMS_PROVIDER", "aws",
                "KMS_KEYS", "alias/octo-sts",
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "AKIATEST",
                "AWS_SECRET_ACCESS_KEY", "secret-of-aws",
                "AWS_ENDPOINT_URL", aws.address());
    }

    private Map<String, String> variables() throws IOException {
        return PackagedProgram.variables(sandbox, world, DOMAIN, folder);
    }

    static int exchange(PackagedProgram program, DemoWorld world, String domain)
            throws IOException, InterruptedException {
        return program.get(
                        "/sts/exchange?scope=octo-org/octo-repo&identity=" + DemoWorld.CI,
                        "Authorization",
                        "Bearer " + world.workflowToken(domain).sign())
                .statusCode();
    }

    @Test
    void exchanges_with_a_key_in_aws_signs_once_and_goes_on_with_that_signature_when_the_service_fails()
            throws Exception {
        var variables = variables();
        variables.putAll(keyInAws(aws, world));
        try (var program = PackagedProgram.start(folder, variables)) {
            program.ready();
            for (int call = 0; call < 20; call++) {
                assertThat(exchange(program, world, DOMAIN))
                        .as(program.output())
                        .isEqualTo(200);
            }
            // A call that was not answered in time is made again, with the same content.
            assertThat(aws.requests().stream().map(KmsStandIn::json).distinct())
                    .as("the check at the start, its public key, and one JWT; the program said%n%s", program.output())
                    .hasSize(3);
            assertThat(program.output())
                    .contains("signs with aws key alias/octo-sts, SHA256:")
                    .doesNotContain("secret-of-aws", "[error]", "WARNING");

            aws.fail("Sign", 400, "DisabledException");
            for (int call = 0; call < 20; call++) {
                assertThat(exchange(program, world, DOMAIN))
                        .as(program.output())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void exchanges_with_a_key_in_vault() throws Exception {
        try (var vault = new VaultStandIn()) {
            vault.token("hvs.root");
            vault.key("transit", "octo-sts", 1, pair(world));
            var variables = variables();
            variables.putAll(Map.of(
                    "APP_SECRET_CERTIFICATE_ENV_VAR", "",
                    "KMS_PROVIDER", "vault",
                    "KMS_KEYS", "octo-sts",
                    "VAULT_ADDR", vault.address(),
                    "VAULT_TOKEN", "hvs.root"));
            try (var program = PackagedProgram.start(folder, variables)) {
                assertThat(exchange(program.ready(), world, DOMAIN))
                        .as(program.output())
                        .isEqualTo(200);
                assertThat(program.output()).doesNotContain("hvs.root", "[error]");
            }
        }
    }

    @Test
    void exchanges_with_a_key_in_google_cloud() throws Exception {
        var name = "projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1";
        try (var gcp = new GcpStandIn()) {
            gcp.key(name, pair(world), "RSA_SIGN_PKCS1_2048_SHA256");
            var variables = variables();
            variables.putAll(Map.of(
                    "APP_SECRET_CERTIFICATE_ENV_VAR",
                    "",
                    "KMS_KEYS",
                    name,
                    "CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDKMS",
                    gcp.address(),
                    "GOOGLE_APPLICATION_CREDENTIALS",
                    gcp.serviceAccount(
                                    folder.resolve("account.json"), world.app().privateKey())
                            .toString()));
            try (var program = PackagedProgram.start(folder, variables)) {
                assertThat(exchange(program.ready(), world, DOMAIN))
                        .as(program.output())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void exchanges_with_a_key_in_azure() throws Exception {
        try (var azure = new AkvStandIn(sandbox.authority().serverContext())) {
            azure.key("octo-sts/", pair(world));
            var variables = variables();
            variables.putAll(Map.of(
                    "APP_SECRET_CERTIFICATE_ENV_VAR", "",
                    "KMS_PROVIDER", "akv",
                    "KMS_KEYS", azure.address() + "/keys/octo-sts",
                    "AZURE_AUTHORITY_HOST", azure.address(),
                    "AZURE_TENANT_ID", "tenant-1",
                    "AZURE_CLIENT_ID", "client-1",
                    "AZURE_CLIENT_SECRET", "secret-of-azure"));
            try (var program = PackagedProgram.start(folder, variables)) {
                assertThat(exchange(program.ready(), world, DOMAIN))
                        .as(program.output())
                        .isEqualTo(200);
                assertThat(program.output()).doesNotContain("secret-of-azure", "entra.token", "[error]");
            }
        }
    }

    @Test
    void reads_the_secret_of_its_webhook_at_the_same_provider() throws Exception {
        aws.secret("octo-sts/webhook", "SecretString", SignedDeliveries.SECRET);
        var variables = variables();
        variables.putAll(keyInAws(aws, world));
        variables.put("GITHUB_WEBHOOK_SECRET", " octo-sts/webhook ,");
        try (var program = PackagedProgram.start(folder, variables)) {
            var answer = SignedDeliveries.deliver(
                    program.ready(), "72d3162e-cc78-11e3-81ab-4c9367dc0958", "ping", "{\"zen\": \"Keep it simple.\"}");

            assertThat(answer.statusCode()).as(program.output()).isBetween(200, 299);
            assertThat(program.output()).doesNotContain(SignedDeliveries.SECRET);
        }
    }

    @Test
    void does_not_start_without_the_secret_of_its_webhook() throws Exception {
        var variables = variables();
        variables.putAll(keyInAws(aws, world));
        variables.put("GITHUB_WEBHOOK_SECRET", "octo-sts/nothing");
        try (var program = PackagedProgram.start(folder, variables)) {
            assertThat(program.exitStatus()).isEqualTo(1);
            assertThat(program.output())
                    .contains("octo-sts: GITHUB_WEBHOOK_SECRET: with KMS_KEYS it names secrets at aws, and"
                            + " \"octo-sts/nothing\" cannot be read: there is none of this name");
        }
    }

    @Test
    void does_not_start_with_a_key_that_it_may_not_use_and_says_why() throws Exception {
        aws.fail("Sign", 400, "AccessDeniedException");
        var variables = variables();
        variables.putAll(keyInAws(aws, world));
        try (var program = PackagedProgram.start(folder, variables)) {
            assertThat(program.exitStatus()).isEqualTo(1);
            assertThat(program.output())
                    .contains("octo-sts: App " + world.app().id() + " cannot sign with aws key alias/octo-sts: access"
                            + " is denied (AccessDeniedException); let the service's identity sign with this key")
                    .doesNotContain("secret-name");
        }
    }

    @Test
    void starts_although_the_service_limits_it_and_serves_when_that_is_over() throws Exception {
        aws.fail("Sign", 400, "ThrottlingException");
        var variables = variables();
        variables.putAll(keyInAws(aws, world));
        try (var program = PackagedProgram.start(folder, variables)) {
            program.ready();
            assertThat(program.output()).contains("the key service limits the rate of calls (ThrottlingException)");
            assertThat(exchange(program, world, DOMAIN)).isEqualTo(503);

            aws.recover("Sign");

            Await.until("it signs", Duration.ofSeconds(60), () -> exchange(program, world, DOMAIN) == 200);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void loads_nothing_of_key_services_or_of_traces_where_neither_is_configured() throws Exception {
        try (var program = PackagedProgram.start(folder, variables())) {
            program.ready();

            assertThat(openFiles(program))
                    .isNotEmpty()
                    .noneMatch(file ->
                            file.contains("/kms/") || file.contains("/traces/") || file.contains("opentelemetry"));
        }
    }

    private static List<String> openFiles(PackagedProgram program) throws IOException {
        try (Stream<Path> files =
                Files.list(Path.of("/proc", Long.toString(program.process().pid()), "fd"))) {
            return files.map(PackagedKeyServicesIT::target).toList();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException gone) {
            return "";
        }
    }
}
