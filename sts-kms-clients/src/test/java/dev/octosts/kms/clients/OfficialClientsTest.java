package dev.octosts.kms.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.keys.KeyServiceVersion;
import com.azure.security.keyvault.keys.cryptography.CryptographyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.CryptographyServiceVersion;
import com.azure.security.keyvault.keys.cryptography.models.SignatureAlgorithm;
import com.azure.security.keyvault.keys.models.JsonWebKey;
import com.azure.security.keyvault.keys.models.KeyOperation;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.kms.v1.Digest;
import com.google.cloud.kms.v1.KeyManagementServiceClient;
import com.google.cloud.kms.v1.KeyManagementServiceSettings;
import com.google.protobuf.ByteString;
import dev.octosts.kms.akv.fixture.AkvStandIn;
import dev.octosts.kms.gcp.fixture.GcpStandIn;
import dev.octosts.kms.vault.fixture.VaultStandIn;
import dev.octosts.sandbox.key.RsaKeys;
import dev.octosts.sandbox.tls.CertificateAuthority;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** The stand-ins answer the key services' own clients as the services do: what they sign, the public key verifies. */
class OfficialClientsTest {

    private static final KeyPair KEYS = RsaKeys.make();
    private static final byte[] CONTENT = {1, 2, 3};

    private static boolean verifies(byte[] signature) throws Exception {
        var verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(KEYS.getPublic());
        verifier.update(CONTENT);
        return verifier.verify(signature);
    }

    @Test
    void azure_imports_and_signs(@TempDir Path folder) throws Exception {
        var authority = CertificateAuthority.create();
        try (var azure = new AkvStandIn(authority.serverContext())) {
            var trust = SslContextBuilder.forClient()
                    .trustManager(authority.writePem(folder.resolve("ca.pem")).toFile())
                    .build();
            var http =
                    new NettyAsyncHttpClientBuilder(HttpClient.create().secure(tls -> tls.sslContext(trust))).build();
            var keys = new KeyClientBuilder()
                    .vaultUrl(azure.address())
                    .serviceVersion(KeyServiceVersion.V7_4)
                    .disableChallengeResourceVerification()
                    .httpClient(http)
                    .credential(_ -> Mono.just(new AccessToken(
                            "entra.token", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1))))
                    .buildClient();

            var imported = keys.importKey(
                    "octo-sts", JsonWebKey.fromRsa(KEYS, Arrays.asList(KeyOperation.SIGN, KeyOperation.VERIFY)));
            var signature = new CryptographyClientBuilder()
                    .keyIdentifier(azure.address() + "/keys/octo-sts")
                    .serviceVersion(CryptographyServiceVersion.V7_4)
                    .disableChallengeResourceVerification()
                    .httpClient(http)
                    .credential(_ -> Mono.just(new AccessToken(
                            "entra.token", OffsetDateTime.now(ZoneOffset.UTC).plusHours(1))))
                    .buildClient()
                    .signData(SignatureAlgorithm.RS256, CONTENT)
                    .getSignature();

            assertThat(imported.getName()).isEqualTo("octo-sts");
            assertThat(verifies(signature)).isTrue();
        }
    }

    @Test
    void google_signs_and_shows_the_public_key() throws Exception {
        var name = "projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1";
        try (var gcp = new GcpStandIn()) {
            gcp.key(name, KEYS, "RSA_SIGN_PKCS1_2048_SHA256");
            var token = new com.google.auth.oauth2.AccessToken(
                    "ya29.token", Date.from(Instant.now().plusSeconds(3600)));
            var settings = KeyManagementServiceSettings.newHttpJsonBuilder()
                    .setEndpoint(gcp.address())
                    .setCredentialsProvider(FixedCredentialsProvider.create(GoogleCredentials.create(token)))
                    .build();
            try (var client = KeyManagementServiceClient.create(settings)) {
                var digest = MessageDigest.getInstance("SHA-256").digest(CONTENT);
                var signed = client.asymmetricSign(
                        name,
                        Digest.newBuilder()
                                .setSha256(ByteString.copyFrom(digest))
                                .build());

                assertThat(signed.getName()).isEqualTo(name);
                assertThat(verifies(signed.getSignature().toByteArray())).isTrue();
                assertThat(client.getPublicKey(name).getPem()).isEqualTo(RsaKeys.pem(KEYS.getPublic()));
            }
        }
    }

    @Test
    void a_client_of_vault_signs() throws Exception {
        try (var vault = new VaultStandIn()) {
            vault.token("hvs.root");
            vault.key("transit", "octo-sts", 1, KEYS);
            var client = Vault.create(new VaultConfig()
                    .address(vault.address())
                    .token("hvs.root")
                    .engineVersion(1)
                    .build());

            var signature = Optional.ofNullable(client.logical()
                            .write(
                                    "transit/sign/octo-sts",
                                    Map.of(
                                            "input", Base64.getEncoder().encodeToString(CONTENT),
                                            "hash_algorithm", "sha2-256",
                                            "signature_algorithm", "pkcs1v15"))
                            .getData()
                            .get("signature"))
                    .orElseThrow();

            assertThat(signature).startsWith("vault:v1:");
            assertThat(verifies(Base64.getDecoder().decode(signature.substring("vault:v1:".length()))))
                    .isTrue();
        }
    }
}
