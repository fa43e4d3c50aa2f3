package dev.octosts.kms.aws;

import dev.octosts.github.key.ServiceHttp;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.Fault;
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

    private static final Map<String, Fault> CODES = Map.ofEntries(
            Map.entry("AlreadyExistsException", Fault.TAKEN),
            Map.entry("IncorrectKeyMaterialException", Fault.UNSUITABLE),
            Map.entry("InvalidAliasNameException", Fault.NOT_FOUND),
            Map.entry("AccessDenied", Fault.DENIED),
            Map.entry("AccessDeniedException", Fault.DENIED),
            Map.entry("NotAuthorized", Fault.DENIED),
            Map.entry("ExpiredToken", Fault.UNAUTHENTICATED),
            Map.entry("ExpiredTokenException", Fault.UNAUTHENTICATED),
            Map.entry("IncompleteSignature", Fault.UNAUTHENTICATED),
            Map.entry("IncompleteSignatureException", Fault.UNAUTHENTICATED),
            Map.entry("InvalidClientTokenId", Fault.UNAUTHENTICATED),
            Map.entry("InvalidIdentityToken", Fault.UNAUTHENTICATED),
            Map.entry("InvalidSignatureException", Fault.UNAUTHENTICATED),
            Map.entry("MissingAuthenticationToken", Fault.UNAUTHENTICATED),
            Map.entry("MissingAuthenticationTokenException", Fault.UNAUTHENTICATED),
            Map.entry("OptInRequired", Fault.UNAUTHENTICATED),
            Map.entry("UnrecognizedClientException", Fault.UNAUTHENTICATED),
            Map.entry("InvalidArnException", Fault.NOT_FOUND),
            Map.entry("NotFoundException", Fault.NOT_FOUND),
            Map.entry("ResourceNotFoundException", Fault.NOT_FOUND),
            Map.entry("DisabledException", Fault.DISABLED),
            Map.entry("KMSInvalidStateException", Fault.DISABLED),
            Map.entry("InvalidKeyUsageException", Fault.UNSUITABLE),
            Map.entry("UnsupportedOperationException", Fault.UNSUITABLE),
            Map.entry("ValidationError", Fault.UNSUITABLE),
            Map.entry("ValidationException", Fault.UNSUITABLE),
            Map.entry("RequestExpired", Fault.CLOCK),
            Map.entry("RequestInTheFuture", Fault.CLOCK),
            Map.entry("RequestTimeTooSkewed", Fault.CLOCK),
            Map.entry("LimitExceededException", Fault.THROTTLED),
            Map.entry("RequestLimitExceeded", Fault.THROTTLED),
            Map.entry("Throttling", Fault.THROTTLED),
            Map.entry("ThrottlingException", Fault.THROTTLED),
            Map.entry("TooManyRequestsException", Fault.THROTTLED),
            Map.entry("DependencyTimeoutException", Fault.FAILING),
            Map.entry("KMSInternalException", Fault.FAILING),
            Map.entry("KeyUnavailableException", Fault.FAILING));

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
                        Fault.UNAUTHENTICATED, failed.getClass().getSimpleName()));
    }

    private static SigningException of(AwsServiceException answered) {
        var details = answered.awsErrorDetails();
        var code = details == null || details.errorCode() == null ? "" : details.errorCode();
        var message = details == null || details.errorMessage() == null ? "" : details.errorMessage();
        // The same code stands for a wrong secret and for a wrong time.
        if (message.contains("Signature expired") || message.contains("Signature not yet current")) {
            return new SigningException(Fault.CLOCK, code);
        }
        var known = CODES.get(code);
        return new SigningException(known == null ? byStatus(answered.statusCode()) : known, code);
    }

    private static Fault byStatus(int status) {
        return switch (status) {
            case 401 -> Fault.UNAUTHENTICATED;
            case 403 -> Fault.DENIED;
            case 404 -> Fault.NOT_FOUND;
            case 429 -> Fault.THROTTLED;
            default -> status >= 500 ? Fault.FAILING : Fault.MISCONFIGURED;
        };
    }
}
