package dev.octosts.sandbox.oidc;

import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import java.nio.charset.StandardCharsets;

/** Makes a token from the parameters of a request: {@code sub}, {@code aud} and {@code claim.…}. */
final class OnDemand {
    private static final String CLAIM = "claim.";

    private OnDemand() {}

    static Reply token(SandboxIssuer issuer, Request request) {
        var token = issuer.token();
        request.parameter("sub").ifPresent(token::subject);
        request.parameter("aud").ifPresent(token::audience);
        request.query().forEach((name, value) -> {
            if (name.startsWith(CLAIM)) {
                token.claim(name.substring(CLAIM.length()), value);
            }
        });
        return Reply.of(200, "text/plain; charset=utf-8", token.sign().getBytes(StandardCharsets.US_ASCII));
    }
}
