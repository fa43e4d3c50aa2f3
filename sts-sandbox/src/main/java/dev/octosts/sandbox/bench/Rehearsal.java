package dev.octosts.sandbox.bench;

import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.client.HttpAnswer;
import dev.octosts.sandbox.client.HttpCall;
import dev.octosts.sandbox.client.HttpConnection;
import dev.octosts.sandbox.github.GitHubApp;
import dev.octosts.sandbox.oidc.SandboxIssuer;
import dev.octosts.sandbox.process.SandboxException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.List;

/**
 * Sends the sandbox's GitHub and its issuer the requests that the service will send, often enough for the compiler.
 * Otherwise the service's first exchange would be charged with their first answers.
 */
final class Rehearsal {
    private static final int ROUNDS = 300;
    private static final int EACH_CONNECTION = 20;
    private static final String READ = "{\"permissions\":{\"contents\":\"read\"}}";

    private final Sandbox sandbox;
    private final String jwt;

    private Rehearsal(Sandbox sandbox, String jwt) {
        this.sandbox = sandbox;
        this.jwt = jwt;
    }

    /** @param file the path of a file's contents in the API, in a repository of the account */
    static void perform(Sandbox sandbox, GitHubApp app, String account, String file) {
        var rehearsal = new Rehearsal(sandbox, jwt(sandbox, app));
        try {
            for (int i = 0; i < ROUNDS; i += EACH_CONNECTION) {
                rehearsal.connection(account, file);
            }
        } catch (IOException failed) {
            throw new SandboxException("the sandbox does not answer: " + failed.getMessage(), failed);
        }
    }

    /** Requests the documents that the service reads before it trusts a token. */
    static void perform(SandboxIssuer issuer) {
        try {
            for (int i = 0; i < ROUNDS; i++) {
                for (var document : List.of("/.well-known/openid-configuration", "/jwks")) {
                    var _ = HttpConnection.call(HttpCall.get(URI.create(issuer.url() + document), ""), null);
                }
            }
        } catch (IOException failed) {
            throw new SandboxException("the sandbox's issuer does not answer: " + failed.getMessage(), failed);
        }
    }

    private void connection(String account, String file) throws IOException {
        try (var github = HttpConnection.open(
                sandbox.github().baseUri(), sandbox.authority().clientContext())) {
            for (int i = 0; i < EACH_CONNECTION; i++) {
                var found = ask(github, "GET", "/users/" + account + "/installation", jwt, "");
                var mint = "/app/installations/" + found.json().getInt("id") + "/access_tokens";
                var token = ask(github, "POST", mint, jwt, READ).json().getString("token");
                var _ = ask(github, "GET", file, token, "");
                var _ = ask(github, "DELETE", "/installation/token", token, "");
            }
        }
    }

    private HttpAnswer ask(HttpConnection github, String method, String path, String bearer, String body)
            throws IOException {
        var call = new HttpCall(method, sandbox.github().baseUri().resolve(path), bearer, body);
        var answer = github.send(call.bytes());
        if (answer.status() >= 400) {
            throw new IOException(call + ": " + answer.status() + " " + answer.message());
        }
        return answer;
    }

    private static String jwt(Sandbox sandbox, GitHubApp app) {
        long now = sandbox.clock().instant().getEpochSecond();
        var claims = "{\"iss\":\"%d\",\"iat\":%d,\"exp\":%d}".formatted(app.id(), now - 60, now + 480);
        var input = encode("{\"alg\":\"RS256\"}") + "." + encode(claims);
        try {
            var signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(app.privateKey());
            signer.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("RSA is part of every JDK", impossible);
        }
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
