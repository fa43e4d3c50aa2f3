package dev.octosts.app.cli.githubapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.octosts.app.settings.ServedParts;
import dev.octosts.app.settings.Settings;
import dev.octosts.app.settings.SettingsReader;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

class CreateCommandTest extends CreateTest {

    @Test
    void writes_what_a_deployment_needs_for_its_owner_alone() throws Exception {
        var waiting = new Waiting(
                "--domain=" + DOMAIN, "--org=octo-org", "--permissions=issues=write,contents=write", "--output=new");
        assertThat(get(confirm(waiting.address())).statusCode()).isEqualTo(200);
        var result = waiting.end();

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("belongs to octo-org", "/installations/new")
                .doesNotContain("PRIVATE KEY");
        for (String name : List.of("app.pem", "octo-sts.env", "octo-sts-secret.yaml")) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("new").resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
        var app = sandbox.github().calls().matching(call -> call.kind() == CallKind.MANIFEST_CONVERSION);
        assertThat(app).hasSize(1);
    }

    @Test
    void makes_an_environment_that_the_service_and_the_doctor_take() throws Exception {
        var waiting = new Waiting("--domain=" + DOMAIN, "--permissions=issues=write");
        confirmed(waiting);

        var environment = environment();
        assertThat(SettingsReader.read(environment, ServedParts.ALL))
                .isInstanceOfSatisfying(
                        Settings.Outcome.Sound.class,
                        sound -> assertThat(sound.settings().webhook().isOn()).isTrue());
        var doctor = call(DoctorCommand::new, environment);
        assertThat(doctor.out())
                .contains(
                        "GitHub accepts its key",
                        "delivers to https://sts.example.com/webhook",
                        "is not installed anywhere")
                .contains("[checks, contents, issues, metadata, pull_requests]")
                .doesNotContain("lacks", "is not told of", "are not signed");
    }

    @Test
    void asks_for_reading_alone_when_there_is_no_webhook() throws Exception {
        var waiting = new Waiting("--domain=" + DOMAIN, "--no-webhook");
        confirmed(waiting);

        assertThat(Files.readString(folder.resolve("octo-sts.env"))).doesNotContain("GITHUB_WEBHOOK_SECRET");
        assertThat(call(DoctorCommand::new, environment()).out()).contains("policies can grant [contents, metadata]");
    }

    @Test
    void makes_a_secret_that_kubernetes_can_read() throws Exception {
        confirmed(new Waiting("--domain=" + DOMAIN));

        Map<String, Object> secret = new Yaml().load(Files.readString(folder.resolve("octo-sts-secret.yaml")));
        assertThat(secret).contains(entry("kind", "Secret"), entry("apiVersion", "v1"));
        assertThat(secret.get("stringData"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("app.pem", Files.readString(folder.resolve("app.pem")))
                .containsKeys("app-id", "webhook-secret");
    }

    private Map<String, String> environment() throws IOException {
        var environment = new HashMap<>(wayToGitHub());
        for (String line : Files.readAllLines(folder.resolve("octo-sts.env"))) {
            environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        return environment;
    }

    @Test
    void refuses_an_app_of_another_owner_and_writes_nothing() throws Exception {
        sandbox.github()
                .fault(
                        call -> call.kind() == CallKind.MANIFEST_CONVERSION,
                        Faults.editing(json -> Json.createObjectBuilder(json)
                                .add("owner", Json.createObjectBuilder().add("login", "somebody-else"))
                                .build()));
        var waiting = new Waiting("--domain=" + DOMAIN, "--org=octo-org", "--output=new");
        get(confirm(waiting.address()));
        var result = waiting.end();

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .contains("belongs to somebody-else and not to octo-org; nothing was written", "Delete GitHub App")
                .doesNotContain("PRIVATE KEY");
        try (var files = Files.list(folder.resolve("new"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void takes_an_organization_in_any_case() throws Exception {
        confirmed(new Waiting("--domain=" + DOMAIN, "--org=Octo-Org"));
    }

    @Test
    void writes_over_nothing_and_asks_github_for_nothing_then() throws IOException {
        Files.writeString(folder.resolve("app.pem"), "mine");

        var result = call(CreateCommand::new, wayToGitHub(), "--domain=" + DOMAIN);
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("app.pem is there already");
        assertThat(folder.resolve("app.pem")).hasContent("mine");
        assertThat(sandbox.github().calls().matching(_ -> true)).isEmpty();
    }

    @Test
    void gives_up_when_nobody_confirms() throws IOException {
        var result = call(CreateCommand::new, wayToGitHub(), "--domain=" + DOMAIN, "--timeout=50ms");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("nobody confirmed within 50ms; no App was made");
    }

    @Test
    void says_what_to_do_when_the_code_does_not_work() throws Exception {
        var waiting = new Waiting("--domain=" + DOMAIN);
        var right = confirm(waiting.address());
        get(right.replaceFirst("code=[^&]+", "code=0123456789"));

        var result = waiting.end();
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).contains("did not hand out its key (NOT_FOUND)", "delete the App");
        assertThat(folder.resolve("app.pem")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--domain=https://sts.example.com           | --domain: this is not a host name",
                "--domain=x --org=a/b                        | --org: this is not the name",
                "--domain=x --name=012345678901234567890123456789012345 | --name: give 1 to 34",
                "--domain=x --permissions=issue=write        | GitHub has no permission 'issue'; did you mean issues?",
                "--domain=x --permissions=issues              | 'issues' is not a permission with its level",
                "--domain=x --permissions=issues=admin       | issues has no level",
                "--domain=x --timeout=5                      | --timeout: give a time",
                "--domain=x --github-url=http://a            | --github-url: this is not an https address",
            })
    void refuses_what_makes_no_sense(String arguments, String message) throws IOException {
        var result = call(CreateCommand::new, wayToGitHub(), arguments.split(" "));
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains(message);
        assertThat(folder.resolve(Path.of("app.pem"))).doesNotExist();
    }
}
