package dev.octosts.sandbox.oidc;

import dev.octosts.sandbox.http.Answer;
import dev.octosts.sandbox.http.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An answer that an issuer gives instead of the requested document. */
@FunctionalInterface
public interface IssuerFault {
    Answer answer(Reply real);

    static IssuerFault status(int status) {
        return _ -> Reply.json(status, "{\"error\":\"try later\"}");
    }

    static IssuerFault body(String body) {
        return _ -> Reply.json(200, body);
    }

    static IssuerFault redirect(String location) {
        return _ -> Reply.empty(302).with("Location", location);
    }

    static IssuerFault delay(Duration delay) {
        return real -> new Answer.Delayed(delay, real);
    }

    /** Byte by byte. */
    static IssuerFault drip(Duration pause) {
        return real -> new Answer.Dripped(real, pause);
    }

    static IssuerFault hang() {
        return _ -> new Answer.Hang();
    }

    static IssuerFault reset() {
        return _ -> new Answer.Reset();
    }

    static IssuerFault truncated(int bytes) {
        return real -> new Answer.Truncated(real, Math.min(bytes, real.body().length - 1));
    }

    /** The document after that many blanks, which are legal JSON. */
    static IssuerFault padded(int bytes) {
        return real -> Reply.json(real.status(), " ".repeat(bytes) + real.text());
    }

    static IssuerFault contentType(String contentType) {
        return real -> Reply.of(real.status(), contentType, real.body());
    }

    /** Not UTF-8. */
    static IssuerFault latin1(String body) {
        return _ -> Reply.of(200, "application/json", body.getBytes(StandardCharsets.ISO_8859_1));
    }
}
