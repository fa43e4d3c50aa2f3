package dev.octosts.kms.aws;

import dev.octosts.github.key.KeyImport;
import dev.octosts.github.key.KeyWrap;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AlgorithmSpec;
import software.amazon.awssdk.services.kms.model.ExpirationModelType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.WrappingKeySpec;

/**
 * Takes keys into KMS. With the name of an alias it makes a key without material, fills it, and gives it the alias
 * last, so that an alias never names a key that cannot sign. With the id of a key it fills that one.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-conceptual.html">AWS KMS: importing
 *     key material</a>
 */
final class AwsImport implements KeyImport {

    private static final Pattern ALIAS = Pattern.compile("(?:arn:[^/]*:)?(alias/[A-Za-z0-9/_-]{1,250})");
    private static final Pattern KEY = Pattern.compile("(?:arn:[^/]*:key/)?(?:mrk-)?[0-9a-f-]{32,36}");

    private final Clients clients;

    /** The client for the region of a name. */
    @FunctionalInterface
    interface Clients {
        KmsClient of(String name) throws SigningException;
    }

    AwsImport(Clients clients) {
        this.clients = clients;
    }

    /** The alias in a name; empty when it is the id of a key. */
    private static Optional<String> alias(String name) throws SigningException {
        var alias = ALIAS.matcher(name);
        if (alias.matches() && !alias.group(1).startsWith("alias/aws/")) {
            return Optional.of(alias.group(1));
        }
        if (KEY.matcher(name).matches()) {
            return Optional.empty();
        }
        throw new SigningException(
                SigningFault.MISCONFIGURED,
                "",
                "the name is neither alias/NAME, nor the id or the ARN of a key whose origin is EXTERNAL");
    }

    @Override
    public List<String> plan(ImportRequest wanted) throws SigningException {
        var alias = alias(wanted.name());
        var steps = new ArrayList<String>();
        steps.add("kms:DescribeKey, to see what " + wanted.name() + " is now");
        if (alias.isPresent()) {
            steps.add("kms:CreateKey, " + spec(wanted) + ", for SIGN_VERIFY, without material (origin EXTERNAL)");
        }
        steps.add("kms:GetParametersForImport, for RSA_AES_KEY_WRAP_SHA_256 with RSA_4096");
        steps.add("kms:ImportKeyMaterial, encrypted so that KMS alone can read it, without an end");
        alias.ifPresent(name ->
                steps.add((wanted.replace() ? "kms:CreateAlias or kms:UpdateAlias, " : "kms:CreateAlias, ") + name));
        return steps;
    }

    private static KeySpec spec(ImportRequest wanted) throws SigningException {
        return KeySpec.fromValue("RSA_" + wanted.bits());
    }

    @Override
    public String take(ImportRequest wanted) throws SigningException {
        var alias = alias(wanted.name());
        var kms = clients.of(wanted.name());
        var known = described(kms, wanted.name());
        if (alias.isEmpty()) {
            fill(
                    kms,
                    suitable(
                            known.orElseThrow(() -> new SigningException(SigningFault.NOT_FOUND, "NotFoundException")),
                            wanted),
                    wanted);
            return wanted.name();
        }
        // A key that waits for its material is one of an import that was cut.
        var waiting = known.filter(key -> key.keyState() == KeyState.PENDING_IMPORT);
        if (known.isPresent() && waiting.isEmpty() && !wanted.replace()) {
            throw KeyImport.taken("give another alias; or --replace, once GitHub has the new key, to move the alias");
        }
        var id = waiting.isPresent() ? suitable(waiting.get(), wanted) : created(kms, spec(wanted));
        try {
            fill(kms, id, wanted);
            if (waiting.isEmpty()) {
                name(kms, alias.get(), id, known.isPresent());
            }
        } catch (SigningException failed) {
            throw new SigningException(
                    failed.fault(),
                    failed.code(),
                    failed.advice() + "; the key " + id + " was made: go on with --name " + id
                            + ", or schedule its deletion");
        }
        return wanted.name();
    }

    private static Optional<KeyMetadata> described(KmsClient kms, String name) throws SigningException {
        try {
            return Optional.of(kms.describeKey(request -> request.keyId(name)).keyMetadata());
        } catch (SdkException failed) {
            var fault = AwsFaults.of(failed);
            if (fault.fault() == SigningFault.NOT_FOUND) {
                return Optional.empty();
            }
            throw fault;
        }
    }

    /** The id of a key that can take the material. */
    private static String suitable(KeyMetadata key, ImportRequest wanted) throws SigningException {
        if (key.origin() != OriginType.EXTERNAL
                || key.keyUsage() != KeyUsageType.SIGN_VERIFY
                || key.keySpec() != spec(wanted)) {
            throw new SigningException(
                    SigningFault.UNSUITABLE,
                    "",
                    "the key that takes the material is of the origin EXTERNAL, for SIGN_VERIFY, and of the spec "
                            + spec(wanted) + "; give the name of an alias, and one is made");
        }
        return key.keyId();
    }

    private static String created(KmsClient kms, KeySpec spec) throws SigningException {
        try {
            return kms.createKey(request -> request.keySpec(spec)
                            .keyUsage(KeyUsageType.SIGN_VERIFY)
                            .origin(OriginType.EXTERNAL)
                            .description("The private key of a GitHub App, for octo-sts"))
                    .keyMetadata()
                    .keyId();
        } catch (SdkException failed) {
            throw AwsFaults.of(failed);
        }
    }

    private static void fill(KmsClient kms, String id, ImportRequest wanted) throws SigningException {
        try {
            var parameters = kms.getParametersForImport(request -> request.keyId(id)
                    .wrappingAlgorithm(AlgorithmSpec.RSA_AES_KEY_WRAP_SHA_256)
                    .wrappingKeySpec(WrappingKeySpec.RSA_4096));
            byte[] wrapped =
                    KeyWrap.wrapped(wanted.key(), parameters.publicKey().asByteArray());
            var _ = kms.importKeyMaterial(request -> request.keyId(id)
                    .importToken(parameters.importToken())
                    .encryptedKeyMaterial(SdkBytes.fromByteArray(wrapped))
                    .expirationModel(ExpirationModelType.KEY_MATERIAL_DOES_NOT_EXPIRE));
        } catch (SdkException failed) {
            throw AwsFaults.of(failed);
        }
    }

    private static void name(KmsClient kms, String alias, String id, boolean moves) throws SigningException {
        try {
            if (moves) {
                var _ = kms.updateAlias(request -> request.aliasName(alias).targetKeyId(id));
            } else {
                var _ = kms.createAlias(request -> request.aliasName(alias).targetKeyId(id));
            }
        } catch (SdkException failed) {
            throw AwsFaults.of(failed);
        }
    }
}
