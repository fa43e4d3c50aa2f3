package dev.octosts.kms.vault;

import dev.octosts.github.key.KeyServiceProvider.Surroundings;
import dev.octosts.github.key.ServiceHttp;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Calls of Vault's HTTP API, and what its refusals mean. */
final class VaultApi {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final ServiceHttp http;
    private final String address;
    private final Optional<String> namespace;

    VaultApi(ServiceHttp http, String address, Optional<String> namespace) {
        this.http = http;
        this.address = address;
        this.namespace = namespace;
    }

    /** A variable of Vault's own command, or of OpenBao's. */
    static Optional<String> either(Surroundings surroundings, String name) {
        return surroundings.variable("VAULT_" + name).or(() -> surroundings.variable("BAO_" + name));
    }

    /** Where Vault is, without a slash at the end. Tokens go there, so it has TLS unless it is on this machine. */
    static String address(Surroundings surroundings) throws SigningException {
        var given = either(surroundings, "ADDR")
                .orElseThrow(() -> wrong("VAULT_ADDR is not set; give the address, such as https://vault.example.com"));
        URI address;
        try {
            address = URI.create(given);
        } catch (IllegalArgumentException malformed) {
            throw wrong("VAULT_ADDR is not an address; give one such as https://vault.example.com");
        }
        boolean safe = "https".equals(address.getScheme())
                || ("http".equals(address.getScheme()) && THIS_MACHINE.contains(String.valueOf(address.getHost())));
        if (!safe || address.getHost() == null || address.getRawUserInfo() != null || address.getRawQuery() != null) {
            throw wrong("VAULT_ADDR does not begin with https://, which is needed except on this machine");
        }
        return given.replaceFirst("/+$", "");
    }

    static SigningException wrong(String advice) {
        return new SigningException(SigningFault.MISCONFIGURED, "", advice);
    }

    /**
     * Makes a call.
     *
     * @param token empty for a login
     * @param body empty for none
     */
    ServiceHttp.ServiceAnswer call(String method, String path, String token, String body) throws SigningException {
        return http.call(asked(method, path, token, body));
    }

    /** As {@link #call(String, String, String, String)}, with a limit of its own. */
    ServiceHttp.ServiceAnswer call(String method, String path, String token, String body, Duration longest)
            throws SigningException {
        return http.call(asked(method, path, token, body), longest);
    }

    private ServiceHttp.ServiceRequest asked(String method, String path, String token, String body) {
        var headers = new HashMap<>(Map.of("X-Vault-Request", "true"));
        namespace.ifPresent(name -> headers.put("X-Vault-Namespace", name));
        if (!token.isEmpty()) {
            headers.put("X-Vault-Token", token);
        }
        return ServiceHttp.ServiceRequest.json(method, URI.create(address + "/v1/" + path), headers, body);
    }

    /**
     * The fault of an answer that is none of success. Vault has no codes but HTTP's.
     *
     * @see <a href="https://developer.hashicorp.com/vault/api-docs#http-status-codes">Vault: HTTP status codes</a>
     */
    static SigningException fault(ServiceHttp.ServiceAnswer answer) {
        var fault = switch (answer.status()) {
            // A key that does not exist is a wrong request, too.
            case 400 -> says(answer, "key not found") ? SigningFault.NOT_FOUND : SigningFault.UNSUITABLE;
            case 401 -> SigningFault.UNAUTHENTICATED;
            case 403 -> SigningFault.DENIED;
            case 404, 405 -> SigningFault.NOT_FOUND;
            case 412, 472, 473, 502, 503, 504 -> SigningFault.FAILING;
            case 429 -> SigningFault.THROTTLED;
            default -> answer.status() >= 500 ? SigningFault.FAILING : SigningFault.MISCONFIGURED;
        };
        return new SigningException(fault, "HTTP-" + answer.status());
    }

    private static boolean says(ServiceHttp.ServiceAnswer answer, String words) {
        return new String(answer.body(), StandardCharsets.UTF_8).contains(words);
    }
}
