package dev.octosts.kms.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octosts.api.Egress;
import dev.octosts.github.AppStatus;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.key.GuardedKey;
import dev.octosts.github.key.KeyCheck;
import dev.octosts.github.key.KeyService;
import dev.octosts.github.key.PemKey;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.Fault;
import dev.octosts.kms.aws.fixture.KmsStandIn;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.http.Request;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The SDK against the stand-in. */
class AwsKeyTest {

    private static final KeyPair KEYS = AwsFixture.newKeys("RSA", 2048);
    private static final String ALIAS = "alias/octo-sts";
    private static final String ARN = "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    @TempDir
    Path folder = Path.of("");

    private final KmsStandIn aws = new KmsStandIn();

    @BeforeEach
    void keys() {
        aws.key(ALIAS, KEYS);
        aws.key(ARN, KEYS);
    }

    @AfterEach
    void close() {
        aws.close();
    }

    private KeyService service(Map<String, String> more) throws SigningException {
        return AwsFixture.service(aws.address(), more);
    }

    private SigningException failure(String key) {
        try (var service = service(Map.of())) {
            KeyCheck.of(service.key(key));
            throw new AssertionError("it signs");
        } catch (SigningException failed) {
            return failed;
        }
    }

    @Test
    void signs_what_its_public_key_verifies() throws SigningException {
        try (var service = service(Map.of())) {
            assertThat(KeyCheck.of(service.key(ALIAS)).signed()).contains((RSAPublicKey) KEYS.getPublic());
        }
        var asked = KmsStandIn.json(aws.requests().getFirst());
        assertThat(asked.getString("KeyId")).isEqualTo(ALIAS);
        assertThat(asked.getString("MessageType")).isEqualTo("RAW");
        assertThat(asked.getString("SigningAlgorithm")).isEqualTo("RSASSA_PKCS1_V1_5_SHA_256");
    }

    @Test
    void signs_jwts_that_github_accepts() throws SigningException {
        try (var sandbox = Sandbox.start();
                var service = service(Map.of());
                var gitHub = new GitHub(
                        sandbox.github().baseUri(),
                        new Egress(sandbox.authority().clientContext(), Optional.empty()),
                        GitHub.Time.ofThisMachine(),
                        _ -> {})) {
            var app = sandbox.github().app("octo-sts");
            aws.key("alias/github", new KeyPair(publicKey(app.privateKey()), app.privateKey()));
            var key = new GuardedKey("aws key alias/github", () -> service.key("alias/github"));

            assertThat(gitHub.app(new GitHubApp(app.id(), key, sandbox.clock())))
                    .isEqualTo(new AppStatus.Known("octo-sts"));
        }
    }

    private static RSAPublicKey publicKey(PrivateKey key) throws SigningException {
        return new PemKey(key).publicKey().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({ALIAS + ", eu-central-1", ARN + ", us-east-2"})
    void calls_the_region_of_the_arn_or_else_that_of_the_environment(String key, String region)
            throws SigningException {
        try (var service = service(Map.of())) {
            service.key(key).sign(new byte[] {1});
        }
        assertThat(authorization(aws.requests().getLast())).contains("/" + region + "/kms/aws4_request");
    }

    private static String authorization(Request request) {
        return request.header("Authorization").orElse("");
    }

    @Test
    void uses_the_token_of_a_service_account() throws SigningException, IOException {
        var token = Files.writeString(folder.resolve("token"), "header.payload.signature");
        try (var service = service(Map.of(
                "AWS_ACCESS_KEY_ID", "",
                "AWS_WEB_IDENTITY_TOKEN_FILE", token.toString(),
                "AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/octo-sts"))) {
            assertThat(service.key(ALIAS).sign(new byte[] {1})).isNotEmpty();
        }
        assertThat(new String(aws.requests().getFirst().body(), StandardCharsets.UTF_8))
                .contains("Action=AssumeRoleWithWebIdentity", "WebIdentityToken=header.payload.signature");
        assertThat(authorization(aws.requests().getLast())).contains("Credential=ASIAOFWEBIDENTITY/");
    }

    @Test
    void reads_the_text_of_a_secret_or_else_its_bytes() throws SigningException {
        var arn = "arn:aws:secretsmanager:us-east-2:111122223333:secret:octo-sts/webhook-AbCdEf";
        aws.secret("octo-sts/webhook", "SecretString", "first");
        aws.secret(arn, "SecretBinary", "c2Vjb25k");
        try (var service = service(Map.of())) {
            assertThat(service.secret("octo-sts/webhook")).isEqualTo("first");
            assertThat(service.secret(arn)).isEqualTo("second");
            assertThat(authorization(aws.requests().getLast())).contains("/us-east-2/secretsmanager/aws4_request");
            assertThatExceptionOfType(SigningException.class)
                    .isThrownBy(() -> service.secret("octo-sts/nothing"))
                    .withMessage("there is none of this name (ResourceNotFoundException)");
        }
    }

    @Test
    void logs_in_once_for_a_secret_that_is_read_again_and_again() throws SigningException, IOException {
        var token = Files.writeString(folder.resolve("token"), "header.payload.signature");
        aws.secret("octo-sts/webhook", "SecretString", "first");
        try (var service = service(Map.of(
                "AWS_ACCESS_KEY_ID", "",
                "AWS_WEB_IDENTITY_TOKEN_FILE", token.toString(),
                "AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/octo-sts"))) {
            assertThat(service.secret("octo-sts/webhook")).isEqualTo("first");
            aws.secret("octo-sts/webhook", "SecretString", "second");
            assertThat(service.secret("octo-sts/webhook")).isEqualTo("second");
        }
        assertThat(aws.requests()).as("one login, and two secrets").hasSize(3);
    }

    @Test
    void may_not_be_allowed_to_read_the_public_key() throws SigningException {
        aws.fail("GetPublicKey", 400, "AccessDeniedException");
        try (var service = service(Map.of())) {
            assertThat(KeyCheck.of(service.key(ALIAS)).signed()).isEmpty();
        }
    }

    @Test
    void refuses_a_key_that_is_not_of_rsa() {
        aws.key("alias/elliptic", new KeyPair(AwsFixture.newKeys("EC", 256).getPublic(), KEYS.getPrivate()));

        assertThat(failure("alias/elliptic").fault()).isEqualTo(Fault.UNSUITABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "400, AccessDeniedException, DENIED",
        "400, UnrecognizedClientException, UNAUTHENTICATED",
        "400, InvalidSignatureException, CLOCK",
        "400, ExpiredTokenException, UNAUTHENTICATED",
        "400, NotFoundException, NOT_FOUND",
        "400, InvalidArnException, NOT_FOUND",
        "400, DisabledException, DISABLED",
        "400, KMSInvalidStateException, DISABLED",
        "400, InvalidKeyUsageException, UNSUITABLE",
        "400, ValidationException, UNSUITABLE",
        "400, ThrottlingException, THROTTLED",
        "500, KMSInternalException, FAILING",
        "500, KeyUnavailableException, FAILING",
        "503, DependencyTimeoutException, FAILING",
        "429, UnheardOfException, THROTTLED",
        "403, UnheardOfException, DENIED",
        "500, UnheardOfException, FAILING",
        "400, UnheardOfException, MISCONFIGURED"
    })
    void tells_the_fault_by_its_code_and_nothing_else_of_the_answer(int status, String code, Fault expected) {
        aws.fail("Sign", status, code);

        var failed = failure(ALIAS);

        assertThat(failed.fault()).isEqualTo(expected);
        assertThat(failed).hasMessageContaining("(" + code + ")");
        var everything = new StringWriter();
        failed.printStackTrace(new PrintWriter(everything));
        assertThat(everything.toString()).doesNotContain("secret-name", "111122223333");
        assertThat(aws.requests()).as("one attempt: the program repeats it").hasSize(1);
    }

    @Test
    void tells_that_there_is_no_such_key() {
        var failed = failure("alias/nobody");

        assertThat(failed.fault()).isEqualTo(Fault.NOT_FOUND);
        assertThat(failed).hasMessage("there is none of this name (NotFoundException)");
    }

    @Test
    void gives_up_when_there_is_no_answer_in_time() {
        aws.fallSilent();

        assertThat(failure(ALIAS).fault()).isEqualTo(Fault.TIMED_OUT);
    }

    @Test
    void tells_that_nobody_listens() {
        aws.close();

        assertThat(failure(ALIAS).fault()).isEqualTo(Fault.UNREACHABLE);
    }

    @Test
    void refuses_an_endpoint_that_is_no_address() {
        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> AwsFixture.service("not an address", Map.of()))
                .satisfies(failed -> assertThat(failed.advice()).contains("AWS_ENDPOINT_URL_KMS"));
    }
}
