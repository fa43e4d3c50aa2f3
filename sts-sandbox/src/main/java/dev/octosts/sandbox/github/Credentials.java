package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Request;
import java.time.Clock;
import java.util.regex.Pattern;

/** Finds the caller from the {@code Authorization} header: an App by its JWT, or an installation by its token. */
final class Credentials {
    private static final Pattern SCHEME = Pattern.compile("(?i)(?:bearer|token)\\s+(\\S+)");
    private static final String BAD = "Bad credentials";

    private final AppJwts jwts;
    private final Tokens tokens;
    private final Clock clock;

    Credentials(AppJwts jwts, Tokens tokens, Clock clock) {
        this.jwts = jwts;
        this.tokens = tokens;
        this.clock = clock;
    }

    Caller identify(Request request) {
        var header = request.header("authorization");
        if (header.isEmpty()) {
            return new Caller.Anonymous();
        }
        var matcher = SCHEME.matcher(header.get().strip());
        if (!matcher.matches()) {
            return new Caller.Refused(BAD);
        }
        var credential = matcher.group(1);
        // The long form of an installation token has two dots, as a JWT has.
        if (!credential.startsWith("ghs_")
                && credential.chars().filter(c -> c == '.').count() == 2) {
            return jwts.identify(credential);
        }
        return tokens.find(credential)
                .filter(token -> token.liveAt(clock.instant()))
                .<Caller>map(Caller.AsInstallation::new)
                .orElseGet(() -> new Caller.Refused(BAD));
    }
}
