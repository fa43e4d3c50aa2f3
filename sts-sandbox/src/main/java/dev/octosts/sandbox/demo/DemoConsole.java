package dev.octosts.sandbox.demo;

import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.oidc.Algorithm;
import dev.octosts.sandbox.oidc.SandboxLogin;
import dev.octosts.sandbox.oidc.SandboxLogin.Person;
import dev.octosts.sandbox.process.SandboxException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operators' console of the demonstration: records in a file, an issuer where the reader chooses who to be,
 * GitHub's stream of the audit log, and tokens that can be taken back.
 */
record DemoConsole(int port, int issuerPort, String streamSecret) {
    private static final String CLIENT = "octo-sts-console";
    private static final String PATH = "/people";
    private static final List<Person> PEOPLE = List.of(
            new Person("olga-operator", List.of("platform")),
            new Person("victor-viewer", List.of("watchers")),
            new Person("otto-of-octo-org", List.of("octo-team")),
            new Person("nadia-without-role", List.of()));

    /** What the service needs to serve it. */
    Map<String, String> variables(Path folder) {
        return Map.ofEntries(
                Map.entry("OCTOSTS_DB_URL", "jdbc:h2:file:" + folder.resolve("octo-sts")),
                Map.entry("OCTOSTS_AUDIT", "durable"),
                Map.entry("OCTOSTS_REVOCABLE_TOKENS", "true"),
                Map.entry("OCTOSTS_REVOCABLE_TOKENS_KEY", written(folder, "sealing-key", secret())),
                Map.entry("OCTOSTS_ADMIN_PORT", Integer.toString(port)),
                Map.entry("OCTOSTS_ADMIN_URL", address().toString()),
                Map.entry("OCTOSTS_ADMIN_ISSUER", "http://localhost:" + issuerPort + PATH),
                Map.entry("OCTOSTS_ADMIN_CLIENT_ID", CLIENT),
                Map.entry("OCTOSTS_ADMIN_STREAM_TOKEN_FILE", written(folder, "stream-token", streamSecret)),
                Map.entry("OCTOSTS_ADMIN_VIEWERS", "watchers"),
                Map.entry("OCTOSTS_ADMIN_OPERATORS", "platform,octo-team=octo-org"));
    }

    /** 32 bytes that nobody guesses, in hexadecimal. */
    static String secret() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String written(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toString();
        } catch (IOException unwritable) {
            throw new SandboxException("cannot write to the temporary folder: " + unwritable.getMessage(), unwritable);
        }
    }

    URI address() {
        return URI.create("http://localhost:" + port);
    }

    /** Opens the issuer's door to people. */
    void openIn(Sandbox sandbox) {
        sandbox.issuers()
                .create("localhost", PATH, Algorithm.RS256)
                .login(new SandboxLogin(CLIENT, Optional.empty(), PEOPLE));
    }
}
