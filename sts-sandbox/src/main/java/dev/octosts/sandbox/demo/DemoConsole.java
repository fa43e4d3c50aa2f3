package dev.octosts.sandbox.demo;

import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.oidc.Algorithm;
import dev.octosts.sandbox.oidc.SandboxLogin;
import dev.octosts.sandbox.oidc.SandboxLogin.Person;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The operators' console of the demonstration: records in a file, and an issuer where the reader chooses who to be. */
record DemoConsole(int port, int issuerPort) {
    private static final String CLIENT = "octo-sts-console";
    private static final String PATH = "/people";
    private static final List<Person> PEOPLE = List.of(
            new Person("olga-operator", List.of("platform")),
            new Person("victor-viewer", List.of("watchers")),
            new Person("otto-of-octo-org", List.of("octo-team")),
            new Person("nadia-without-role", List.of()));

    /** What the service needs to serve it. */
    Map<String, String> variables(Path folder) {
        return Map.of(
                "OCTOSTS_DB_URL",
                "jdbc:h2:file:" + folder.resolve("octo-sts"),
                "OCTOSTS_AUDIT",
                "durable",
                "OCTOSTS_ADMIN_PORT",
                Integer.toString(port),
                "OCTOSTS_ADMIN_URL",
                address().toString(),
                "OCTOSTS_ADMIN_ISSUER",
                "http://localhost:" + issuerPort + PATH,
                "OCTOSTS_ADMIN_CLIENT_ID",
                CLIENT,
                "OCTOSTS_ADMIN_VIEWERS",
                "watchers",
                "OCTOSTS_ADMIN_OPERATORS",
                "platform,octo-team=octo-org");
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
