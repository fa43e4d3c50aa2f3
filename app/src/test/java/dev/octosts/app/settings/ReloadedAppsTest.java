package dev.octosts.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.GitHubApp;
import dev.octosts.github.key.PemKey;
import org.junit.jupiter.api.Test;

/** What becomes of Apps when their file changes while the program runs. */
class ReloadedAppsTest extends RunningSettings {

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
        assertThat(program.notes)
                .singleElement()
                .satisfies(note -> assertThat(note.details())
                        .containsEntry("change", "App 1 has another name, App 2 is gone, App 3 is new")
                        .containsEntry("provider", "file"));
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
}
