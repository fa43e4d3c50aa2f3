package dev.octosts.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request that git sends to a credential helper.
 *
 * @see <a href="https://git-scm.com/docs/git-credential#IOFMT">git-credential: input/output format</a>
 */
final class CredentialRequest {

    private static final int LIMIT = 64 * 1024;
    private static final Pattern REPOSITORY =
            Pattern.compile("/?([A-Za-z0-9-]+)/([A-Za-z0-9._-]+?)(?:\\.wiki)?(?:\\.git)?(?:/.*)?");

    private final Map<String, String> attributes;

    private CredentialRequest(Map<String, String> attributes) {
        this.attributes = attributes;
    }

    /** Reads lines of {@code name=value} up to an empty line or the end; empty when there are too many. */
    static Optional<CredentialRequest> read(InputStream input) throws IOException {
        byte[] bytes = input.readNBytes(LIMIT + 1);
        if (bytes.length > LIMIT) {
            return Optional.empty();
        }
        var attributes = new HashMap<String, String>();
        new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .takeWhile(line -> !line.isEmpty())
                .forEach(line -> {
                    int equals = line.indexOf('=');
                    if (equals > 0) {
                        attributes.put(line.substring(0, equals), line.substring(equals + 1));
                    }
                });
        return Optional.of(new CredentialRequest(attributes));
    }

    /** Whether git will send the credential to this host over an encrypted connection. */
    boolean isFor(String host) {
        return "https".equals(attributes.get("protocol")) && host.equalsIgnoreCase(attributes.get("host"));
    }

    /** The {@code owner/repository} of the path, which git sends when {@code credential.useHttpPath} is set. */
    Optional<String> repository() {
        var path = REPOSITORY.matcher(attributes.getOrDefault("path", ""));
        return path.matches() ? Optional.of(path.group(1) + "/" + path.group(2)) : Optional.empty();
    }
}
