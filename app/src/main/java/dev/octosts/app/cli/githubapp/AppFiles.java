package dev.octosts.app.cli.githubapp;

import dev.octosts.github.NewApp;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the values that a deployment needs of a new App, in the formats that deployments use. */
final class AppFiles {

    static final String KEY = "app.pem";
    static final String ENVIRONMENT = "octo-sts.env";
    static final String SECRET = "octo-sts-secret.yaml";
    static final List<String> ALL = List.of(KEY, ENVIRONMENT, SECRET);

    private AppFiles() {}

    /**
     * The environment file.
     *
     * @param gitHub the address of GitHub's API
     * @param key where the private key was written
     */
    static String environment(NewApp app, String domain, URI gitHub, Path key) {
        var lines = new StringBuilder()
                .append("STS_DOMAIN=")
                .append(domain)
                .append('\n')
                .append("GITHUB_APP_IDS=")
                .append(app.id())
                .append('\n')
                .append("APP_SECRET_CERTIFICATE_FILE=")
                .append(key)
                .append('\n');
        if (!gitHub.toString().equals("https://api.github.com")) {
            lines.append("GITHUB_BASE_URL=").append(gitHub).append('\n');
        }
        if (!app.webhookSecret().isEmpty()) {
            lines.append("GITHUB_WEBHOOK_SECRET=").append(app.webhookSecret()).append('\n');
        }
        return lines.toString();
    }

    /** The Secret that the Helm chart takes as {@code existingSecret}. */
    static String secret(NewApp app) {
        var secret = new StringBuilder("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: octo-sts
                type: Opaque
                stringData:
                  app-id: "%d"
                """.formatted(app.id()));
        if (!app.webhookSecret().isEmpty()) {
            // In single quotes only a quote has a meaning.
            secret.append("  webhook-secret: '")
                    .append(app.webhookSecret().replace("'", "''"))
                    .append("'\n");
        }
        return secret.append("  app.pem: |\n")
                .append(app.privateKey()
                        .strip()
                        .lines()
                        .map(line -> "    " + line)
                        .collect(Collectors.joining("\n")))
                .append('\n')
                .toString();
    }
}
