package dev.octosts.kms.aws;

import dev.octosts.github.key.ServiceHttp;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What the SDK's exceptions mean. Of AWS's answer only the code is kept.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html#API_Sign_Errors">AWS KMS: errors of
 *     Sign</a>
 * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html">AWS KMS: common errors</a>
 */
final class AwsFaults {

    private static final Map<String, SigningFault> CODES = Map.ofEntries(
            Map.entry("AlreadyExistsException", SigningFault.TAKEN),
            Map.entry("IncorrectKeyMaterialException", SigningFault.UNSUITABLE),
            Map.entry("InvalidAliasNameException", SigningFault.NOT_FOUND),
            Map.entry("AccessDenied", SigningFault.DENIED),
            Map.entry("AccessDeniedException", SigningFault.DENIED),
            Map.entry("NotAuthorized", SigningFault.DENIED),
            Map.entry("ExpiredToken", SigningFault.UNAUTHENTICATED),
            Map.entry("ExpiredTokenException", SigningFault.UNAUTHENTICATED),
            Map.entry("IncompleteSignature", SigningFault.UNAUTHENTICATED),
            Map.entry("IncompleteSignatureException", SigningFault.UNAUTHENTICATED),
            Map.entry("InvalidClientTokenId", SigningFault.UNAUTHENTICATED),
            Map.entry("InvalidIdentityToken", SigningFault.UNAUTHENTICATED),
            Map.entry("InvalidSignatureException", SigningFault.UNAUTHENTICATED),
            Map.entry("MissingAuthenticationToken", SigningFault.UNAUTHENTICATED),
            Map.entry("MissingAuthenticationTokenException", SigningFault.UNAUTHENTICATED),
            Map.entry("OptInRequired", SigningFault.UNAUTHENTICATED),
            Map.entry("UnrecognizedClientException", SigningFault.UNAUTHENTICATED),
            Map.entry("InvalidArnException", SigningFault.NOT_FOUND),
            Map.entry("NotFoundException", SigningFault.NOT_FOUND),
            Map.entry("ResourceNotFoundException", SigningFault.NOT_FOUND),
            Map.entry("DisabledException", SigningFault.DISABLED),
            Map.entry("KMSInvalidStateException", SigningFault.DISABLED),
            Map.entry("InvalidKeyUsageException", SigningFault.UNSUITABLE),
            Map.entry("UnsupportedOperationException", SigningFault.UNSUITABLE),
            Map.entry("ValidationError", SigningFault.UNSUITABLE),
            Map.entry("ValidationException", SigningFault.UNSUITABLE),
            Map.entry("RequestExpired", SigningFault.CLOCK),
            Map.entry("RequestInTheFuture", SigningFault.CLOCK),
            Map.entry("RequestTimeTooSkewed", SigningFault.CLOCK),
            Map.entry("LimitExceededException", SigningFault.THROTTLED),
            Map.entry("RequestLimitExceeded", SigningFault.THROTTLED),
            Map.entry("Throttling", SigningFault.THROTTLED),
            Map.entry("ThrottlingException", SigningFault.THROTTLED),
            Map.entry("TooManyRequestsException", SigningFault.THROTTLED),
            Map.entry("DependencyTimeoutException", SigningFault.FAILING),
            Map.entry("KMSInternalException", SigningFault.FAILING),
            Map.entry("KeyUnavailableException", SigningFault.FAILING));

    private AwsFaults() {}

    static SigningException of(SdkException failed) {
        if (failed instanceof AwsServiceException answered) {
            return of(answered);
        }
        var calling = Stream.<Throwable>iterate(failed, Objects::nonNull, Throwable::getCause)
                .limit(10)
                .filter(IOException.class::isInstance)
                .findFirst();
        // Without a call, the chain has found no credentials.
        return calling.map(ServiceHttp::none)
                .orElseGet(() -> new SigningException(
                        SigningFault.UNAUTHENTICATED, failed.getClass().getSimpleName()));
    }

    private static SigningException of(AwsServiceException answered) {
        var details = answered.awsErrorDetails();
        var code = details == null || details.errorCode() == null ? "" : details.errorCode();
        var message = details == null || details.errorMessage() == null ? "" : details.errorMessage();
        // The same code stands for a wrong secret and for a wrong time.
        if (message.contains("Signature expired") || message.contains("Signature not yet current")) {
            return new SigningException(SigningFault.CLOCK, code);
        }
        var known = CODES.get(code);
        return new SigningException(known == null ? byStatus(answered.statusCode()) : known, code);
    }

    private static SigningFault byStatus(int status) {
        return switch (status) {
            case 401 -> SigningFault.UNAUTHENTICATED;
            case 403 -> SigningFault.DENIED;
            case 404 -> SigningFault.NOT_FOUND;
            case 429 -> SigningFault.THROTTLED;
            default -> status >= 500 ? SigningFault.FAILING : SigningFault.MISCONFIGURED;
        };
    }
}
