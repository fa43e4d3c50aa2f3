package dev.octosts.kms.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.octosts.api.Egress;
import dev.octosts.github.AppStatus;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.key.GuardedKey;
import dev.octosts.github.key.KeyCheck;
import dev.octosts.github.key.ServiceHttp;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import dev.octosts.kms.aws.fixture.RealKms;
import dev.octosts.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SDK against KMS servers that others have written. */
class RealKmsTest {

    private static final String ID = "bc436485-5092-42b8-92a3-0aa8b93536dc";

    @TempDir
    Path folder = Path.of("");

    @Test
    void local_kms_signs_jwts_that_github_accepts() throws Exception {
        try (var sandbox = Sandbox.start()) {
            var app = sandbox.github().app("octo-sts");
            try (var kms = RealKms.localKms(folder, RealKms.seed("alias/octo-sts", Map.of(ID, app.privateKey())));
                    var service = AwsFixture.service(kms.address(), Map.of());
                    var gitHub = new GitHub(
                            sandbox.github().baseUri(),
                            new Egress(sandbox.authority().clientContext(), Optional.empty()),
                            GitHub.Time.ofThisMachine(),
                            _ -> {})) {
                var key = new GuardedKey("aws key alias/octo-sts", () -> service.key("alias/octo-sts"));

                assertThat(KeyCheck.of(key).signed()).isPresent();
                assertThat(gitHub.app(new GitHubApp(app.id(), key, sandbox.clock())))
                        .isEqualTo(new AppStatus.Known("octo-sts"));
                assertThatExceptionOfType(SigningException.class)
                        .isThrownBy(() -> service.key("alias/nobody").sign(new byte[] {1}))
                        .satisfies(failed -> assertThat(failed.fault()).isEqualTo(SigningFault.NOT_FOUND));
            }
        }
    }

    @Test
    void moto_signs_what_its_public_key_verifies() throws IOException, SigningException, NoSuchAlgorithmException {
        try (var kms = RealKms.moto(folder);
                var service = AwsFixture.service(kms.address(), Map.of())) {
            var id = create(kms);

            assertThat(KeyCheck.of(service.key(id)).signed()).isPresent();
            assertThatExceptionOfType(SigningException.class)
                    .isThrownBy(() -> service.key("alias/nobody").sign(new byte[] {1}))
                    .satisfies(failed -> assertThat(failed.fault()).isEqualTo(SigningFault.NOT_FOUND));
        }
    }

    /** Moto looks only at the region of a request's signature. */
    private static String create(RealKms kms) throws IOException, NoSuchAlgorithmException {
        try (var http = new ServiceHttp(new Egress(SSLContext.getDefault(), Optional.empty()))) {
            var request = ServiceHttp.ServiceRequest.json(
                    "POST",
                    URI.create(kms.address() + "/"),
                    Map.of(
                            "X-Amz-Target",
                            "TrentService.CreateKey",
                            "Authorization",
                            "AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/eu-central-1/kms/aws4_request,"
                                    + " SignedHeaders=host, Signature=00"),
                    "{\"KeySpec\": \"RSA_2048\", \"KeyUsage\": \"SIGN_VERIFY\"}");
            return http.exchange(request).text("KeyMetadata", "KeyId").orElseThrow();
        }
    }
}
