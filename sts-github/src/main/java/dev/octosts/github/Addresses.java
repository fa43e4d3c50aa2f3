package dev.octosts.github;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Builds the addresses of GitHub's API. Every part that a caller chose is percent-encoded. */
final class Addresses {

    private static final String UNRESERVED = "-._~";
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 307, 308);

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

    URI rateLimit() {
        return URI.create(base + "/rate_limit");
    }

    /** Enterprise Server has its GraphQL API next to its REST API, which is below {@code /api/v3}. */
    URI graphql() {
        String rest = base.toString();
        return URI.create(
                rest.endsWith("/api/v3")
                        ? rest.substring(0, rest.length() - "v3".length()) + "graphql"
                        : rest + "/graphql");
    }

    URI content(GitHub.FilePlace place) {
        return below(place.owner(), place.repository(), "/contents/" + path(place.path()));
    }

    /** The content at a path at a commit. */
    URI contentAt(GitHub.FilePlace place, String ref) {
        return URI.create(content(place) + "?ref=" + segment(ref));
    }

    /**
     * Something of a repository.
     *
     * @param rest what follows the repository's name, from a slash on, encoded already
     */
    URI below(String owner, String repository, String rest) {
        return URI.create(base + "/repos/" + segment(owner) + "/" + segment(repository) + rest);
    }

    /** An installation as the App sees it. */
    URI installation(long id) {
        return URI.create(base + "/app/installations/" + id);
    }

    /**
     * The deliveries of an App's webhook.
     *
     * @param rest what follows, from a slash or a question mark on, encoded already
     */
    URI deliveries(String rest) {
        return URI.create(base + "/app/hook/deliveries" + rest);
    }

    /**
     * The audit log of an organization.
     *
     * @param query from the question mark on, encoded already
     */
    URI auditLog(String organization, String query) {
        return URI.create(base + "/orgs/" + segment(organization) + "/audit-log" + query);
    }

    /** A path with its slashes. */
    static String path(String path) {
        return Arrays.stream(path.split("/", -1)).map(Addresses::segment).collect(Collectors.joining("/"));
    }

    /** Where an answer redirects to, when that is on the same host; GitHub redirects renamed repositories. */
    Optional<URI> redirect(URI asked, HttpAnswer answer) {
        String location = answer.header("Location");
        if (location == null || location.isBlank() || !REDIRECTS.contains(answer.status())) {
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
