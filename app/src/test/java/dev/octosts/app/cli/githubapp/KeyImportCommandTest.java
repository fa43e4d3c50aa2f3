package dev.octosts.app.cli.githubapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.kms.aws.fixture.KmsStandIn;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.GitHubApp;
import dev.octosts.sandbox.key.RsaKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class KeyImportCommandTest {

    private static final Sandbox SANDBOX = Sandbox.start();
    private static final GitHubApp APP = SANDBOX.github().app("octo-sts");

    @TempDir
    Path folder = Path.of("");

    private final KmsStandIn aws = new KmsStandIn();

    @BeforeEach
    void file() throws IOException {
        Files.writeString(folder.resolve("app.pem"), APP.pkcs1Pem());
    }

    @AfterEach
    void close() {
        aws.close();
    }

    @AfterAll
    static void end() {
        SANDBOX.close();
    }

    private record Result(int status, String out, String err) {}

    private Result run(Map<String, String> changes, String... arguments) {
        var variables = new HashMap<>(Map.of(
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "AKIATEST",
                "AWS_SECRET_ACCESS_KEY", "secret-of-aws",
                "AWS_ENDPOINT_URL", aws.address()));
        variables.putAll(changes);
        var out = new StringWriter();
        var err = new StringWriter();
        var input = new ByteArrayInputStream(APP.pkcs1Pem().getBytes(StandardCharsets.US_ASCII));
        int status = new CommandLine(
                        new KeyImportCommand(new CommandEnvironment(variables, input, Clock.systemUTC(), folder)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        assertThat(out + err.toString())
                .doesNotContain("secret-of-aws", "BEGIN", APP.pkcs1Pem().substring(200, 240));
        return new Result(status, out.toString(), err.toString());
    }

    @ParameterizedTest
    @CsvSource({"app.pem", "-"})
    void takes_the_key_in_and_says_what_to_configure(String file) {
        var result = run(Map.of(), file, "--provider", "aws", "--name", "alias/octo-sts");

        assertThat(result.status()).isZero();
        assertThat(result.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("ok    file: an RSA key of 2048 bits, SHA256:"),
                        line -> assertThat(line).isEqualTo("ok    aws: has the key, as alias/octo-sts"),
                        line -> assertThat(line).startsWith("ok    aws: alias/octo-sts signs, and is SHA256:"),
                        line -> assertThat(line)
                                .startsWith("      -> set KMS_PROVIDER=aws and KMS_KEYS=alias/octo-sts")
                                .contains("'octo-sts key check'", "destroy the file"));
        assertThat(folder.resolve("app.pem")).as("it is the operator's").exists();
    }

    @Test
    void takes_the_provider_of_the_environment_and_answers_programs() {
        var result = run(Map.of("KMS_PROVIDER", "AWS"), "app.pem", "--name", "alias/octo-sts", "--json");

        assertThat(result.status()).isZero();
        assertThat(result.out().lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("{\"grade\":\"ok\","));
    }

    @Test
    void says_what_it_would_do_and_calls_nothing() {
        var result = run(Map.of(), "app.pem", "--provider", "aws", "--name", "alias/octo-sts", "--dry-run");

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("ok    would: kms:CreateKey, RSA_2048", "ok    would: kms:CreateAlias, alias/octo-sts");
        assertThat(aws.requests()).isEmpty();
    }

    @Test
    void takes_no_key_in_where_there_is_one() {
        aws.key("alias/octo-sts", RsaKeys.make());

        var result = run(Map.of(), "app.pem", "--provider", "aws", "--name", "alias/octo-sts");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains(
                        "FAIL  aws: does not take the key as alias/octo-sts: there is a key of this name already",
                        "-> give another alias; or --replace");
    }

    @Test
    void moves_an_alias_when_it_is_told_to() {
        aws.key("alias/octo-sts", RsaKeys.make());

        var result = run(Map.of(), "app.pem", "--provider", "aws", "--name", "alias/octo-sts", "--replace");

        assertThat(result.status()).isZero();
        assertThat(aws.actions()).contains("UpdateAlias").doesNotContain("CreateAlias");
    }

    @Test
    void says_that_the_key_does_not_sign() {
        aws.fail("Sign", 400, "AccessDeniedException");

        var result = run(Map.of(), "app.pem", "--provider", "aws", "--name", "alias/octo-sts");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains("FAIL  aws: cannot sign with alias/octo-sts: access is denied (AccessDeniedException)")
                .contains("-> the key is there; let the service's identity sign");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing.pem|nothing.pem: it is not there",
                "text.pem|text.pem: this is not a private key in PEM form",
                "short.pem|short.pem: the RSA private key has fewer than 2048 bits",
                "elliptic.pem|elliptic.pem: the private key is damaged or not an RSA key",
            })
    void refuses_a_file_without_such_a_key(String file, String words) throws IOException {
        Files.writeString(folder.resolve("text.pem"), "hello");
        Files.writeString(
                folder.resolve("short.pem"),
                RsaKeys.pem(RsaKeys.make("RSA", 1024).getPrivate()));
        Files.writeString(
                folder.resolve("elliptic.pem"),
                RsaKeys.pem(RsaKeys.make("EC", 256).getPrivate()));

        var result = run(Map.of(), file, "--provider", "aws", "--name", "alias/octo-sts");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains(words);
        assertThat(aws.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', --provider is missing; give one of", "ldap, --provider is missing"})
    void asks_for_the_provider(String given, String words) {
        var result = run(Map.of("KMS_PROVIDER", given), "app.pem", "--name", "alias/octo-sts");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains(words);
    }
}
