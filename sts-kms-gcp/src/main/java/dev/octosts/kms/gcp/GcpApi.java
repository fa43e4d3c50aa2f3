package dev.octosts.kms.gcp;

import com.google.auth.oauth2.GoogleCredentials;
import dev.octosts.github.key.ServiceHttp;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Calls of Cloud KMS, and what its errors mean. */
final class GcpApi {

    /** google.rpc.Code, by name. */
    private static final Map<String, SigningFault> CODES = Map.ofEntries(
            Map.entry("UNAUTHENTICATED", SigningFault.UNAUTHENTICATED),
            Map.entry("PERMISSION_DENIED", SigningFault.DENIED),
            Map.entry("NOT_FOUND", SigningFault.NOT_FOUND),
            Map.entry("ALREADY_EXISTS", SigningFault.TAKEN),
            Map.entry("FAILED_PRECONDITION", SigningFault.DISABLED),
            Map.entry("INVALID_ARGUMENT", SigningFault.UNSUITABLE),
            Map.entry("RESOURCE_EXHAUSTED", SigningFault.THROTTLED),
            Map.entry("ABORTED", SigningFault.FAILING),
            Map.entry("DEADLINE_EXCEEDED", SigningFault.FAILING),
            Map.entry("INTERNAL", SigningFault.FAILING),
            Map.entry("UNAVAILABLE", SigningFault.FAILING));

    private final ServiceHttp http;
    private final String endpoint;
    private final GoogleCredentials credentials;

    GcpApi(ServiceHttp http, String endpoint, GoogleCredentials credentials) {
        this.http = http;
        this.endpoint = endpoint;
        this.credentials = credentials;
    }

    /**
     * Makes a call.
     *
     * @param path behind the version of the API
     * @param body empty for none
     */
    ServiceHttp.ServiceAnswer call(String method, String path, String body) throws SigningException {
        return answered(http.call(asked(method, path, body)));
    }

    /** As {@link #call(String, String, String)}, with a limit of its own. */
    ServiceHttp.ServiceAnswer call(String method, String path, String body, Duration longest) throws SigningException {
        return answered(http.call(asked(method, path, body), longest));
    }

    private ServiceHttp.ServiceRequest asked(String method, String path, String body) throws SigningException {
        var address = URI.create(endpoint + "/v1/" + path);
        var headers = new TreeMap<String, String>();
        authorization(address).forEach((name, values) -> headers.put(name, values.getFirst()));
        return ServiceHttp.ServiceRequest.json(method, address, headers, body);
    }

    private static ServiceHttp.ServiceAnswer answered(ServiceHttp.ServiceAnswer answer) throws SigningException {
        if (answer.status() == 200) {
            return answer;
        }
        var code = answer.text("error", "status").orElse("HTTP-" + answer.status());
        throw new SigningException(CODES.getOrDefault(code, byStatus(answer.status())), code);
    }

    private Map<String, List<String>> authorization(URI address) throws SigningException {
        try {
            return credentials.getRequestMetadata(address);
        } catch (IOException failed) {
            // Google's client gives its refusals and the network's failures the same type.
            if (ProgramsTransport.failed(failed)) {
                throw ServiceHttp.none(failed);
            }
            throw new SigningException(SigningFault.UNAUTHENTICATED, "");
        }
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
