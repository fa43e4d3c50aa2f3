package dev.octosts.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.keys.LogLines;
import dev.octosts.app.keys.Reloaded;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitHubApp;
import dev.octosts.github.key.PemKey;
import dev.octosts.kms.aws.fixture.KmsStandIn;
import dev.octosts.webhook.WebhookSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes while the program runs, with its settings and its Apps as they are together in the program. */
class ReloadingTest {

    private static final KeyPair OTHER = newKeys();

    private final KmsStandIn aws = new KmsStandIn();
    private final LogLines log = new LogLines(Reloaded.class);

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void close() {
        log.close();
        aws.close();
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A program that runs, without its server. */
    private static final class Running {

        private final Settings settings;
        private final AppPools apps;

        Running(Map<String, String> variables) {
            this.settings = TestSettings.sound(variables);
            this.apps = AppPools.of(settings.exchange().gitHub().pools(), Clock.systemUTC());
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

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text).toAbsolutePath();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Map<String, String> inAws(String... more) {
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

    private static List<WebhookSecret> secrets(String... texts) {
        return List.of(texts).stream().map(WebhookSecret::new).toList();
    }

    @Test
    void takes_a_secret_of_the_webhook_that_was_written_over_the_file() {
        var file = write("webhook", "first\n");
        var program = new Running(Map.of("GITHUB_WEBHOOK_SECRET", "file://" + file));
        assertThat(program.look().secrets()).isEqualTo(secrets("first"));

        write("webhook", "second\n");

        assertThat(program.look().look().secrets()).isEqualTo(secrets("second"));
        assertThat(log.lines())
                .containsExactly("the secret of GITHUB_WEBHOOK_SECRET in file://" + file
                        + " is another one, and is used from now on");
        assertThat(log.levels()).containsExactly("INFO");
    }

    /** The files of a volume of Kubernetes are links through one link, which is switched. */
    @Test
    void takes_what_a_mount_changes_by_switching_a_link() throws IOException {
        version("v1", "a", "b", TestKeys.pkcs1(TestKeys.RSA));
        var data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("v1"));
        for (String name : List.of("current", "next", "app.pem")) {
            Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
        }
        var program = new Running(Map.of(
                "APP_SECRET_CERTIFICATE_ENV_VAR",
                "",
                "APP_SECRET_CERTIFICATE_FILE",
                folder.resolve("app.pem").toString(),
                "GITHUB_WEBHOOK_SECRET",
                "file://" + folder.resolve("current").toAbsolutePath(),
                "GITHUB_WEBHOOK_SECRET_NEXT",
                "file://" + folder.resolve("next").toAbsolutePath()));
        assertThat(program.look().secrets()).isEqualTo(secrets("a", "b"));

        version("v2", "b", "c", TestKeys.pkcs1(OTHER));
        Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("v2"));
        Files.move(folder.resolve("..data_tmp"), data, StandardCopyOption.ATOMIC_MOVE);

        assertThat(program.look().secrets()).isEqualTo(secrets("b", "c"));
        assertThat(program.app("octo-org").fingerprint()).isEqualTo(new PemKey(OTHER.getPrivate()).fingerprint());
        assertThat(log.levels()).containsExactly("INFO", "INFO", "INFO");
    }

    private void version(String name, String current, String next, String key) throws IOException {
        Files.createDirectory(folder.resolve(name));
        write(name + "/current", current);
        write(name + "/next", next);
        write(name + "/app.pem", key);
    }

    @Test
    void keeps_the_secret_that_it_has_when_the_file_has_none_and_says_so_once() throws IOException {
        var file = write("webhook", "first");
        var program = new Running(Map.of("GITHUB_WEBHOOK_SECRET", "file://" + file));

        write("webhook", "\n");
        assertThat(program.look().look().secrets()).isEqualTo(secrets("first"));
        Files.delete(file);
        assertThat(program.look().look().secrets()).isEqualTo(secrets("first"));

        assertThat(log.levels()).containsExactly("ERROR", "ERROR");
        assertThat(log.lines())
                .element(0)
                .asString()
                .isEqualTo("the secret of GITHUB_WEBHOOK_SECRET in file://" + file
                        + " cannot be used, and the one before stays in use: " + SettingFault.quoted("file://" + file)
                        + " has nothing in it; give the secret that the App's webhook has at GitHub");
        assertThat(log.lines()).element(1).asString().endsWith("does not exist");
    }

    @Test
    void takes_the_secrets_and_keys_that_a_manager_has_now() {
        aws.secret("octo-sts/webhook", "SecretString", "first");
        aws.secret("octo-sts/key", "SecretString", TestKeys.pkcs1(TestKeys.RSA));
        var program = new Running(inAws(
                "APP_SECRET_CERTIFICATE_ENV_VAR", "",
                "APP_SECRET_CERTIFICATE_FILE", "aws-sm://octo-sts/key",
                "GITHUB_WEBHOOK_SECRET", "aws-sm://octo-sts/webhook",
                "GITHUB_WEBHOOK_SECRET_NEXT", "literal"));
        aws.secret("octo-sts/webhook", "SecretString", "second");
        aws.secret("octo-sts/key", "SecretString", TestKeys.pkcs1(OTHER));
        int before = aws.requests().size();

        program.look();
        assertThat(aws.requests())
                .as("files are looked at often, and managers are not")
                .hasSize(before);
        program.lookAtManagers();

        assertThat(program.secrets()).isEqualTo(secrets("second", "literal"));
        assertThat(program.app("octo-org").fingerprint()).isEqualTo(new PemKey(OTHER.getPrivate()).fingerprint());
        assertThat(log.lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "the key in aws-sm://octo-sts/key is another one, and is used from now on: SHA256:"));
    }

    @Test
    void takes_the_secret_that_is_named_beside_keys_in_a_service_as_well() {
        aws.secret("octo-sts/webhook", "SecretString", "first");
        var program = new Running(inAws(
                "APP_SECRET_CERTIFICATE_ENV_VAR", "",
                "KMS_PROVIDER", "aws",
                "KMS_KEYS", "alias/octo-sts",
                "GITHUB_WEBHOOK_SECRET", "octo-sts/webhook"));
        aws.secret("octo-sts/webhook", "SecretString", "second");

        assertThat(program.lookAtManagers().secrets()).isEqualTo(secrets("second"));
    }

    @Test
    void keeps_what_it_has_while_a_manager_refuses_or_has_nothing_sound() {
        aws.secret("octo-sts/webhook", "SecretString", "first");
        aws.secret("octo-sts/key", "SecretString", TestKeys.pkcs1(TestKeys.RSA));
        var program = new Running(inAws(
                "APP_SECRET_CERTIFICATE_ENV_VAR", "",
                "APP_SECRET_CERTIFICATE_FILE", "aws-sm://octo-sts/key",
                "GITHUB_WEBHOOK_SECRET", "aws-sm://octo-sts/webhook"));
        aws.secret("octo-sts/key", "SecretString", "hunter2");
        program.lookAtManagers();
        aws.fail("GetSecretValue", 400, "AccessDeniedException");
        program.lookAtManagers().lookAtManagers();

        assertThat(program.secrets()).isEqualTo(secrets("first"));
        assertThat(program.app("octo-org").fingerprint())
                .isEqualTo(new PemKey(TestKeys.RSA.getPrivate()).fingerprint());
        assertThat(log.lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line)
                        .contains("cannot be used, and the one before stays in use")
                        .doesNotContain("hunter2", KmsStandIn.WORDS));

        aws.recover("GetSecretValue");
        aws.secret("octo-sts/key", "SecretString", TestKeys.pkcs1(TestKeys.RSA));
        program.lookAtManagers();
        assertThat(log.lines())
                .hasSize(5)
                .element(4)
                .asString()
                .isEqualTo("the secret of GITHUB_WEBHOOK_SECRET in aws-sm://octo-sts/webhook can be used again, and is"
                        + " the one in use");
    }

    private String apps(String... lines) {
        return "orgs:\n" + String.join("", lines);
    }

    private static String org(String name, String... apps) {
        return "  - {name: '" + name + "', apps: [" + String.join(", ", apps) + "]}\n";
    }

    private String inFile(long id, String more) {
        return "{app_id: " + id + ", private_key_file: "
                + folder.resolve("app.pem").toAbsolutePath() + more + "}";
    }

    private Running withFile(String content) {
        write("app.pem", TestKeys.pkcs1(TestKeys.RSA));
        return new Running(inAws("APP_CONFIG_FILE", write("apps.yaml", content).toString(), "KMS_PROVIDER", "aws"));
    }

    @Test
    void takes_the_apps_that_the_file_has_now_and_keeps_those_that_did_not_change() {
        var program = withFile(apps(org("octo-org", inFile(1, "")), org("*", inFile(2, ""))));
        var kept = program.app("octo-org");
        program.look();
        assertThat(log.lines()).isEmpty();

        write("other.pem", TestKeys.pkcs1(OTHER));
        write(
                "apps.yaml",
                apps(
                        org("octo-org", inFile(1, ", app_name: reader")),
                        org("new-org", "{app_id: 3, private_key_file: " + folder.resolve("other.pem") + "}")));
        program.look();

        assertThat(program.app("octo-org")).isSameAs(kept);
        assertThat(program.apps.now().name(kept)).isEqualTo("reader");
        assertThat(program.app("new-org").id()).isEqualTo(3);
        assertThat(program.apps.of("somebody-else")).isEmpty();
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("the file \"")
                .endsWith("\" of APP_CONFIG_FILE is another one, and is used from now on: App 1 has another name, App 2"
                        + " is gone, App 3 is new");
    }

    @Test
    void refuses_a_file_with_a_mistake_once_and_takes_the_next_one_that_is_sound() {
        var program = withFile(apps(org("octo-org", inFile(1, ""))));

        write("apps.yaml", apps(org("octo-org", inFile(1, ""), "{app_id: x}"), org("octo/org", inFile(1, ""))));
        program.look().look();

        assertThat(program.apps.apps()).extracting(GitHubApp::id).containsExactly(1L);
        assertThat(log.levels()).containsExactly("ERROR");
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains(
                        "of APP_CONFIG_FILE cannot be used, and the one before stays in use: ",
                        "app_id \"x\" is not the id of a GitHub App",
                        "\"octo/org\" is not a login",
                        "duplicate app_id 1");

        write("apps.yaml", apps(org("octo-org", inFile(1, ""), inFile(2, ""))));
        program.look();
        assertThat(program.apps.apps()).extracting(GitHubApp::id).containsExactly(1L, 2L);
        assertThat(log.levels()).containsExactly("ERROR", "INFO");
    }

    @Test
    void checks_that_a_key_in_a_service_signs_before_it_takes_an_app_that_has_it() {
        var program = withFile(apps(org("octo-org", inFile(1, ""))));

        write("apps.yaml", apps(org("octo-org", inFile(1, ""), "{app_id: 2, kms_key: alias/octo-sts}")));
        program.look();

        assertThat(program.apps.apps()).extracting(GitHubApp::id).containsExactly(1L);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("App 2 cannot sign with aws key alias/octo-sts: there is none of this name");

        aws.key("alias/octo-sts", OTHER);
        write("apps.yaml", apps(org("octo-org", "{app_id: 2, kms_key: alias/octo-sts}", inFile(1, ""))));
        program.look();

        assertThat(program.app("octo-org").id()).isEqualTo(2);
        assertThat(program.app("octo-org").fingerprint())
                .as("learnt with the check")
                .isEqualTo(new PemKey(OTHER.getPrivate()).fingerprint());
    }

    @Test
    void follows_the_keys_of_apps_that_came_later_and_not_of_those_that_are_gone() {
        var program = withFile(apps(org("octo-org", inFile(1, ""))));
        write("other.pem", TestKeys.pkcs1(OTHER));
        write("apps.yaml", apps(org("octo-org", "{app_id: 1, private_key_file: " + folder.resolve("other.pem") + "}")));
        program.look();
        assertThat(program.app("octo-org").fingerprint()).isEqualTo(new PemKey(OTHER.getPrivate()).fingerprint());

        write("app.pem", "nothing");
        write("other.pem", TestKeys.pkcs1(TestKeys.RSA));
        program.look();

        assertThat(log.lines()).hasSize(2).noneMatch(line -> line.contains("app.pem"));
        assertThat(program.app("octo-org").fingerprint())
                .isEqualTo(new PemKey(TestKeys.RSA.getPrivate()).fingerprint());
    }

    @Test
    void shows_no_secret_in_its_text() {
        var settings = TestSettings.sound(Map.of("GITHUB_WEBHOOK_SECRET", "file://" + write("webhook", "hunter2")));

        assertThat(settings.toString()).doesNotContain("hunter2", TestSettings.KEY.substring(40, 60));
    }
}
