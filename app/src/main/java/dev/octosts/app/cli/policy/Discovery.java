package dev.octosts.app.cli.policy;

import dev.octosts.app.cli.CommandEnvironment;
import dev.octosts.app.cli.CommandFailure;
import dev.octosts.app.settings.Outgoing;
import dev.octosts.policy.Formats;
import dev.octosts.probers.JsonObjects;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads an issuer's discovery document, as a service that verifies its tokens does.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig">OpenID Connect Discovery</a>
 */
final class Discovery {

    private static final String WELL_KNOWN = "/.well-known/openid-configuration";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** As much as the service reads of an issuer's answer. */
    private static final int LARGEST = 100 * 1024;

    private Discovery() {}

    /**
     * The issuer as it names itself, which is what its tokens have.
     *
     * @param issuer an https address
     */
    static String issuer(CommandEnvironment environment, String issuer) throws CommandFailure {
        var address = issuer.replaceFirst("/+$", "") + WELL_KNOWN;
        var document = JsonObjects.object(read(environment, address))
                .orElseThrow(() -> failed(address, "its answer is no discovery document"));
        if (!(document.get("issuer") instanceof JsonString named) || !Formats.isIssuer(named.getString())) {
            throw failed(address, "its discovery document names no issuer");
        }
        if (!named.getString().replaceFirst("/+$", "").equals(issuer.replaceFirst("/+$", ""))) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    "--issuer: the discovery document there names another issuer, " + named.getString(),
                    "next: give the issuer that the tokens have as iss; no service accepts tokens of an issuer whose"
                            + " document names another one");
        }
        return named.getString();
    }

    private static String read(CommandEnvironment environment, String address) throws CommandFailure {
        if (!Formats.isIssuer(address)) {
            throw failed(address, "it is no https address");
        }
        var outgoing = Outgoing.read(environment.variables());
        if (!outgoing.faults().isEmpty()) {
            throw new CommandFailure(
                    CommandFailure.USAGE,
                    outgoing.faults().stream().map(Object::toString).toArray(String[]::new));
        }
        var builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(PATIENCE)
                .sslContext(outgoing.tls());
        outgoing.proxies().ifPresent(builder::proxy);
        var request = HttpRequest.newBuilder(URI.create(address))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .build();
        try (var client = builder.build()) {
            var answer = client.send(request, BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw failed(address, "it answers with status " + answer.statusCode());
                }
                byte[] bytes = body.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw failed(address, "its answer is longer than " + LARGEST + " bytes");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (IOException none) {
            throw failed(address, "it does not answer");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw failed(address, "it was interrupted");
        }
    }

    private static CommandFailure failed(String address, String reason) {
        return new CommandFailure(
                CommandFailure.UNREACHABLE,
                "--discover: " + address + " cannot be used: " + reason,
                "next: check --issuer and the network (HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE count), or leave"
                        + " --discover out");
    }
}
