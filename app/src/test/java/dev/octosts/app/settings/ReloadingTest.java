package dev.octosts.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.AuditNote;
import dev.octosts.github.key.PemKey;
import dev.octosts.kms.aws.fixture.KmsStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What changes while the program runs, with its settings and its Apps as they are together in the program. */
class ReloadingTest extends RunningSettings {

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

    @Test
    void notes_for_the_audit_what_was_taken_and_what_was_refused_without_any_secret() {
        aws.secret("octo-sts/webhook", "SecretString", "first");
        var key = write("app.pem", TestKeys.pkcs1(TestKeys.RSA));
        var program = new Running(inAws(
                "APP_SECRET_CERTIFICATE_ENV_VAR", "",
                "APP_SECRET_CERTIFICATE_FILE", key.toString(),
                "GITHUB_WEBHOOK_SECRET", "aws-sm://octo-sts/webhook"));
        write("app.pem", TestKeys.pkcs1(OTHER));
        program.look().look();
        aws.secret("octo-sts/webhook", "SecretString", "hunter2");
        program.lookAtManagers();
        write("app.pem", "hunter2");
        program.look().look();

        var what = "the key in " + key;
        var id = Long.toString(program.app("octo-org").id());
        assertThat(program.notes).allSatisfy(note -> {
            assertThat(note.about()).isEqualTo(AuditNote.About.KEY);
            assertThat(note.toString()).doesNotContain("hunter2");
        });
        assertThat(program.notes)
                .extracting(AuditNote::action)
                .containsExactly("change-taken", "change-taken", "change-refused");
        assertThat(program.notes.get(0).details())
                .isEqualTo(Map.of(
                        "what",
                        what,
                        "provider",
                        "file",
                        "app_id",
                        id,
                        "fingerprint",
                        new PemKey(OTHER.getPrivate()).fingerprint().orElseThrow()));
        assertThat(program.notes.get(1).details())
                .isEqualTo(Map.of(
                        "what", "the secret of GITHUB_WEBHOOK_SECRET in aws-sm://octo-sts/webhook", "provider", "aws"));
        assertThat(program.notes.get(2).details())
                .containsEntry("what", what)
                .containsEntry("app_id", id)
                .containsKey("reason")
                .doesNotContainKey("fingerprint");
    }

    @Test
    void shows_no_secret_in_its_text() {
        var settings = TestSettings.sound(Map.of("GITHUB_WEBHOOK_SECRET", "file://" + write("webhook", "hunter2")));

        assertThat(settings.toString()).doesNotContain("hunter2", TestSettings.KEY.substring(40, 60));
    }
}
