package dev.octosts.app.settings;

import dev.octosts.api.AuditNote;
import dev.octosts.app.keys.LogLines;
import dev.octosts.app.keys.Reloaded;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHubApp;
import dev.octosts.kms.aws.fixture.KmsStandIn;
import dev.octosts.webhook.WebhookSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Settings and Apps as they are together in a program that runs, with a key service of AWS. */
abstract class RunningSettings {

    static final KeyPair OTHER = newKeys();

    final KmsStandIn aws = new KmsStandIn();

    final LogLines log = new LogLines(Reloaded.class);

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    final void close() {
        log.close();
        aws.close();
    }

    static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A program that runs, without its server. */
    static final class Running {

        final Settings settings;
        final AppPools apps;
        final List<AuditNote> notes = new ArrayList<>();

        Running(Map<String, String> variables) {
            this.settings = TestSettings.sound(variables);
            this.apps = AppPools.of(settings.exchange().gitHub().pools(), Clock.systemUTC());
            settings.reloading().listen(notes::add);
        }

        Running look() {
            settings.reloading().lookAtFiles(apps::replace);
            return this;
        }

        Running lookAtManagers() {
            settings.reloading().lookAtManagers();
            return this;
        }

        List<WebhookSecret> secrets() {
            return settings.webhook().secrets().now();
        }

        GitHubApp app(String owner) {
            return apps.first(owner).orElseThrow();
        }
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toAbsolutePath();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Map<String, String> inAws(String... more) {
        var variables = new HashMap<>(Map.of(
                "AWS_REGION", "eu-central-1",
                "AWS_ACCESS_KEY_ID", "AKIATEST",
                "AWS_SECRET_ACCESS_KEY", "secret-of-aws",
                "AWS_ENDPOINT_URL", aws.address()));
        for (int index = 0; index < more.length; index += 2) {
            variables.put(more[index], more[index + 1]);
        }
        return variables;
    }

    static List<WebhookSecret> secrets(String... texts) {
        return List.of(texts).stream().map(WebhookSecret::new).toList();
    }
}
