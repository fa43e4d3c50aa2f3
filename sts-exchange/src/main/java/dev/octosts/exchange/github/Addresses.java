package dev.octosts.exchange.github;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;

/** The addresses of GitHub's API, with everything that callers chose percent-encoded. */
final class Addresses {

    private static final String UNRESERVED = "-._~";

    private final URI base;

    Addresses(URI base) {
        this.base = base;
    }

    URI app() {
        return URI.create(base + "/app");
    }

    URI installation(String owner) {
        return URI.create(base + "/users/" + segment(owner) + "/installation");
    }

    URI mint(long installation) {
        return URI.create(base + "/app/installations/" + installation + "/access_tokens");
    }

    URI token() {
        return URI.create(base + "/installation/token");
    }

    URI content(GitHub.Place place) {
        String path = Arrays.stream(place.path().split("/", -1))
                .map(Addresses::segment)
                .collect(Collectors.joining("/"));
        return URI.create(
                base + "/repos/" + segment(place.owner()) + "/" + segment(place.repository()) + "/contents/" + path);
    }

    /** Where an answer redirects to, when that is on the same host; GitHub redirects renamed repositories. */
    Optional<URI> redirect(URI asked, HttpAnswer answer) {
        String location = answer.header("Location");
        if (location == null || (answer.status() != 301 && answer.status() != 302 && answer.status() != 307)) {
            return Optional.empty();
        }
        try {
            URI target = asked.resolve(URI.create(location)).normalize();
            boolean same = base.getScheme().equals(target.getScheme())
                    && base.getRawAuthority().equals(target.getRawAuthority())
                    && target.getRawPath().startsWith(base.getRawPath() + "/");
            return same ? Optional.of(target) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** One segment of a path, RFC 3986 section 3.3. */
    static String segment(String text) {
        var encoded = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
