package dev.octosts.app.cli.githubapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.github.key.PemKey;
import dev.octosts.kms.aws.fixture.KmsStandIn;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.GitHubApp;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class KeyCheckCommandTest {

    private static final Sandbox SANDBOX = Sandbox.start();
    private static final GitHubApp APP = SANDBOX.github().app("octo-sts");

    @TempDir
    Path folder = Path.of("");

    private final KmsStandIn aws = new KmsStandIn();

    @AfterEach
    void close() {
        aws.close();
    }

    @AfterAll
    static void end() {
        SANDBOX.close();
    }

    private record Result(int status, String out) {}

    private Result check(Map<String, String> changes, String... arguments) {
        var variables = new HashMap<>(Map.of(
                "STS_DOMAIN", "sts.example.com",
                "GITHUB_APP_IDS", Long.toString(APP.id()),
                "KMS_PROVIDER", "aws",
                "KMS_KEYS", "alias/octo-sts",
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "AKIATEST",
                "AWS_SECRET_ACCESS_KEY", "secret-of-aws",
                "AWS_ENDPOINT_URL", aws.address()));
        variables.putAll(changes);
        var out = new StringWriter();
        int status = new CommandLine(new KeyCheckCommand(
                        new CommandEnvironment(variables, InputStream.nullInputStream(), Clock.systemUTC(), folder)))
                .setOut(new PrintWriter(out, true))
                .execute(arguments);
        return new Result(status, out.toString());
    }

    @Test
    void shows_the_fingerprint_of_a_key_that_signs() throws Exception {
        aws.key(
                "alias/octo-sts",
                new KeyPair(new PemKey(APP.privateKey()).publicKey().orElseThrow(), APP.privateKey()));

        var result = check(Map.of());

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .startsWith("ok    App " + APP.id() + ": aws key alias/octo-sts signs, and is SHA256:")
                .doesNotContain("secret-of-aws");
    }

    @Test
    void checks_a_key_in_a_variable_as_well() {
        var result = check(Map.of("KMS_KEYS", "", "APP_SECRET_CERTIFICATE_ENV_VAR", APP.pkcs1Pem()), "--json");

        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("{\"grade\":\"ok\",").contains("its private key signs, and is SHA256:");
    }

    @Test
    void fails_with_a_line_for_a_key_that_does_not_sign() {
        var result = check(Map.of());

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .startsWith("FAIL  App " + APP.id()
                        + ": cannot sign with aws key alias/octo-sts: there is none of this name"
                        + " (NotFoundException)")
                .contains("-> check the name of the key");
    }

    @Test
    void fails_with_a_line_for_each_variable_that_is_wrong() {
        var result = check(Map.of("KMS_PROVIDER", "nope"));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).startsWith("FAIL  configuration: KMS_PROVIDER: unsupported kms provider \"nope\"");
    }
}
