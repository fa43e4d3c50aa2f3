package dev.octosts.kms.aws;

import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import dev.octosts.github.key.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/**
 * A key in KMS, by its id, its ARN or an alias.
 *
 * <p>The message is sent as it is, not its digest: a JWT's has some hundred bytes, and KMS takes 4 096.
 */
final class AwsKey implements SigningKey {

    private final String id;
    private final KmsClient kms;

    AwsKey(String id, KmsClient kms) {
        this.id = id;
        this.kms = kms;
    }

    @Override
    public String name() {
        return id;
    }

    @Override
    public byte[] sign(byte[] content) throws SigningException {
        try {
            return kms.sign(request -> request.keyId(id)
                            .message(SdkBytes.fromByteArray(content))
                            .messageType(MessageType.RAW)
                            .signingAlgorithm(SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256))
                    .signature()
                    .asByteArray();
        } catch (SdkException failed) {
            throw AwsFaults.of(failed);
        }
    }

    @Override
    public Optional<RSAPublicKey> publicKey() throws SigningException {
        byte[] encoded;
        try {
            encoded = kms.getPublicKey(request -> request.keyId(id)).publicKey().asByteArray();
        } catch (SdkException failed) {
            var fault = AwsFaults.of(failed);
            if (fault.fault() == SigningFault.DENIED) {
                return Optional.empty();
            }
            throw fault;
        }
        try {
            return Optional.of(
                    (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException | ClassCastException other) {
            throw new SigningException(SigningFault.UNSUITABLE, "");
        }
    }
}
