package dev.octosts.kms.akv;

import dev.octosts.github.key.ServiceHttp;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** Calls of vaults, and what their errors mean. */
final class AkvApi {

    /** The clouds that there are; a token of this service goes nowhere else. */
    private static final Pattern HOST = Pattern.compile(
            "[A-Za-z0-9-]+\\.((?:vault|managedhsm)" + "\\.(?:azure\\.net|azure\\.cn|usgovcloudapi\\.net))(?::443)?");

    static final String VERSION = "?api-version=7.4";

    private final ServiceHttp http;
    private final EntraIdentity identity;

    AkvApi(ServiceHttp http, EntraIdentity identity) {
        this.http = http;
        this.identity = identity;
    }

    /** Makes a call. */
    ServiceHttp.ServiceAnswer call(String method, URI address, String body) throws SigningException {
        return answered(http.call(asked(method, address, body)));
    }

    /** As {@link #call(String, URI, String)}, with a limit of its own. */
    ServiceHttp.ServiceAnswer call(String method, URI address, String body, Duration longest) throws SigningException {
        return answered(http.call(asked(method, address, body), longest));
    }

    private ServiceHttp.ServiceRequest asked(String method, URI address, String body) throws SigningException {
        return ServiceHttp.ServiceRequest.json(
                method,
                address,
                Map.of("Authorization", "Bearer " + identity.token(resource(address.getAuthority()))),
                body);
    }

    private static ServiceHttp.ServiceAnswer answered(ServiceHttp.ServiceAnswer answer) throws SigningException {
        if (answer.status() == 200) {
            return answer;
        }
        var outer = answer.text("error", "code").orElse("HTTP-" + answer.status());
        var code = answer.text("error", "innererror", "code").orElse(outer);
        throw new SigningException(fault(answer.status(), code), code);
    }

    /**
     * What an error means.
     *
     * @see <a href="https://learn.microsoft.com/azure/key-vault/general/rest-error-codes">Azure Key Vault: error
     *     codes</a>
     */
    private static SigningFault fault(int status, String code) {
        return switch (code) {
            case "KeyDisabled",
                    "KeyNotYetValid",
                    "KeyExpired",
                    "ObjectIsBeingDeleted",
                    "ObjectIsDeletedButRecoverable" -> SigningFault.DISABLED;
            case "KeyOperationNotPermitted", "KeyOperationForbidden" -> SigningFault.UNSUITABLE;
            default ->
                switch (status) {
                    case 400 -> SigningFault.UNSUITABLE;
                    case 401 -> SigningFault.UNAUTHENTICATED;
                    case 403 -> SigningFault.DENIED;
                    case 404 -> SigningFault.NOT_FOUND;
                    case 409 -> SigningFault.DISABLED;
                    case 429 -> SigningFault.THROTTLED;
                    default -> status >= 500 ? SigningFault.FAILING : SigningFault.MISCONFIGURED;
                };
        };
    }

    private static String resource(String host) throws SigningException {
        var cloud = HOST.matcher(host);
        if (cloud.matches()) {
            return "https://" + cloud.group(1);
        }
        if (host.matches("localhost(:[0-9]+)?")) {
            return "https://vault.azure.net"; // an emulator
        }
        throw new SigningException(
                SigningFault.MISCONFIGURED,
                "",
                "the vault of the key is in none of Azure's clouds, such as vault.azure.net");
    }
}
