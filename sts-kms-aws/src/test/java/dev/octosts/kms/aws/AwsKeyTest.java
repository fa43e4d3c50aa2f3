package dev.octosts.kms.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octosts.github.fixture.HttpKeyServiceContract;
import dev.octosts.github.fixture.Refusal;
import dev.octosts.github.key.KeyCheck;
import dev.octosts.github.key.KeyImport;
import dev.octosts.github.key.KeyService;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import dev.octosts.kms.aws.fixture.KmsStandIn;
import dev.octosts.sandbox.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The SDK against the stand-in. */
class AwsKeyTest extends HttpKeyServiceContract {

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

    @Override
    protected KeyService service() throws SigningException {
        return service(Map.of());
    }

    @Override
    protected String add(String label, KeyPair pair) {
        aws.key("alias/" + label, pair);
        return "alias/" + label;
    }

    @Override
    protected String missing() {
        return "alias/nobody";
    }

    @Override
    protected String free() {
        return "alias/team/new-key";
    }

    @Override
    protected Optional<String> taken() {
        return Optional.of(ALIAS);
    }

    @Override
    protected void fail(Refusal refusal) {
        for (String action : List.of("Sign", "DescribeKey", "CreateKey")) {
            aws.fail(action, refusal.status(), refusal.code());
        }
    }

    @Override
    protected void hidePublicKeys() {
        aws.fail("GetPublicKey", 400, "AccessDeniedException");
    }

    @Override
    protected void fallSilent() {
        aws.fallSilent();
    }

    @Override
    protected void stop() {
        aws.close();
    }

    @Override
    protected List<Request> requests() {
        return aws.requests();
    }

    @Override
    protected List<String> secrets() {
        return List.of("secret-name", "111122223333");
    }

    static Stream<Refusal> refusals() {
        return Stream.of(
                Refusal.of(400, "AccessDeniedException", SigningFault.DENIED),
                Refusal.of(400, "UnrecognizedClientException", SigningFault.UNAUTHENTICATED),
                Refusal.of(400, "InvalidSignatureException", SigningFault.CLOCK),
                Refusal.of(400, "ExpiredTokenException", SigningFault.UNAUTHENTICATED),
                Refusal.of(400, "NotFoundException", SigningFault.NOT_FOUND),
                Refusal.of(400, "InvalidArnException", SigningFault.NOT_FOUND),
                Refusal.of(400, "DisabledException", SigningFault.DISABLED),
                Refusal.of(400, "KMSInvalidStateException", SigningFault.DISABLED),
                Refusal.of(400, "InvalidKeyUsageException", SigningFault.UNSUITABLE),
                Refusal.of(400, "ValidationException", SigningFault.UNSUITABLE),
                Refusal.of(400, "ThrottlingException", SigningFault.THROTTLED),
                Refusal.of(500, "KMSInternalException", SigningFault.FAILING),
                Refusal.of(500, "KeyUnavailableException", SigningFault.FAILING),
                Refusal.of(503, "DependencyTimeoutException", SigningFault.FAILING),
                Refusal.of(429, "UnheardOfException", SigningFault.THROTTLED),
                Refusal.of(403, "UnheardOfException", SigningFault.DENIED),
                Refusal.of(500, "UnheardOfException", SigningFault.FAILING),
                Refusal.of(400, "UnheardOfException", SigningFault.MISCONFIGURED));
    }

    /** Whether a name is one is for KMS to say. */
    static Stream<String> badNames() {
        return Stream.empty();
    }

    static Stream<String> badImportNames() {
        return Stream.of("octo-sts", "alias/", "alias/aws/octo-sts", "alias/octo sts", "alias/a:b");
    }

    private KeyService service(Map<String, String> more) throws SigningException {
        return AwsFixture.service(aws.address(), more);
    }

    @Test
    void sends_the_message_itself() throws SigningException {
        try (var service = service()) {
            service.key(ALIAS).sign(new byte[] {1});
        }
        var asked = KmsStandIn.json(aws.requests().getFirst());
        assertThat(asked.getString("KeyId")).isEqualTo(ALIAS);
        assertThat(asked.getString("MessageType")).isEqualTo("RAW");
        assertThat(asked.getString("SigningAlgorithm")).isEqualTo("RSASSA_PKCS1_V1_5_SHA_256");
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
    void refuses_an_endpoint_that_is_no_address() {
        assertThatExceptionOfType(SigningException.class)
                .isThrownBy(() -> AwsFixture.service("not an address", Map.of()))
                .satisfies(failed -> assertThat(failed.advice()).contains("AWS_ENDPOINT_URL_KMS"));
    }

    @Test
    void names_a_key_after_it_has_its_material() throws SigningException {
        try (var service = service();
                var key = material(OTHER_KEYS)) {
            service.imports().orElseThrow().take(new KeyImport.ImportRequest(free(), key, false));
        }
        assertThat(aws.actions())
                .containsExactly(
                        "DescribeKey", "CreateKey", "GetParametersForImport", "ImportKeyMaterial", "CreateAlias");
        assertThatNoRequestHas(OTHER_KEYS.getPrivate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetParametersForImport", "ImportKeyMaterial", "CreateAlias"})
    void goes_on_with_a_key_whose_import_was_cut(String action) throws SigningException {
        aws.fail(action, 400, "ThrottlingException");
        var id = "1234abcd-12ab-34cd-56ef-000000000001";
        assertThat(refusal(free(), OTHER_KEYS, false)).satisfies(failed -> {
            assertThat(failed.fault()).isEqualTo(SigningFault.THROTTLED);
            assertThat(failed.advice()).contains("go on with --name " + id);
        });
        aws.recover(action);
        try (var service = service();
                var key = material(OTHER_KEYS)) {
            assertThat(service.imports().orElseThrow().take(new KeyImport.ImportRequest(id, key, false)))
                    .isEqualTo(id);
            assertThat(KeyCheck.of(service.key(id)).signed()).contains((RSAPublicKey) OTHER_KEYS.getPublic());
        }
        assertThat(refusal(id, KEYS, false))
                .as("AWS never gives a key other material")
                .hasMessageContaining("IncorrectKeyMaterialException");
    }

    @Test
    void takes_no_key_into_one_that_kms_has_made() {
        aws.key("1234abcd-12ab-34cd-56ef-1234567890ab", KEYS);

        assertThat(refusal("1234abcd-12ab-34cd-56ef-1234567890ab", OTHER_KEYS, false))
                .satisfies(failed -> {
                    assertThat(failed.fault()).isEqualTo(SigningFault.UNSUITABLE);
                    assertThat(failed.advice()).contains("origin EXTERNAL");
                });
    }
}
