package dev.octosts.app.cli.githubapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.octosts.app.settings.ServedParts;
import dev.octosts.app.settings.Settings;
import dev.octosts.app.settings.SettingsReader;
import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import jakarta.json.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

class CreateCommandTest extends AppTest {

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+/\\?state=[A-Za-z0-9_-]{43}");
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
    private static final Pattern MANIFEST = Pattern.compile("name=\"manifest\" value=\"([^\"]+)\"");

    /** The command, waiting for somebody with a browser. */
    private final class Waiting {
        private final StringWriter out = new StringWriter();
        private final CompletableFuture<Result> result;

        Waiting(String... arguments) throws IOException {
            var environment = wayToGitHub();
            this.result = CompletableFuture.supplyAsync(() -> call(CreateCommand::new, environment, out, arguments));
        }

        String address() {
            Await.until(
                    "an address, or an end without one",
                    Duration.ofSeconds(30),
                    () -> ADDRESS.matcher(out.toString()).find() || result.isDone());
            var address = ADDRESS.matcher(out.toString());
            assertThat(address.find())
                    .as(
                            "an address in %s%s",
                            out, result.getNow(new Result(0, "", "")).err())
                    .isTrue();
            return address.group();
        }

        Result end() throws InterruptedException, ExecutionException, TimeoutException {
            return result.get(60, TimeUnit.SECONDS);
        }
    }

    private static HttpResponse<String> get(String address, String... headers)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(address));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1).replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    }

    /** What a person does: opens the page, presses the button, and confirms at GitHub. Returns where GitHub leads. */
    private String confirm(String address) throws IOException, InterruptedException {
        var page = get(address).body();
        try (var client = HttpClient.newBuilder()
                .sslContext(sandbox.authority().clientContext())
                .build()) {
            var form = "manifest=" + URLEncoder.encode(first(MANIFEST, page), StandardCharsets.UTF_8);
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create(first(ACTION, page)))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(form))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
            return answer.headers().firstValue("Location").orElseThrow();
        }
    }

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

    private void confirmed(Waiting waiting) throws Exception {
        get(confirm(waiting.address()));
        var result = waiting.end();
        assertThat(result.status()).as(result.err()).isZero();
    }

    private Map<String, String> environment() throws IOException {
        var environment = new HashMap<>(wayToGitHub());
        for (String line : Files.readAllLines(folder.resolve("octo-sts.env"))) {
            environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        return environment;
    }

    @Test
    void takes_no_code_without_the_state_of_its_own_page() throws Exception {
        var waiting = new Waiting("--domain=" + DOMAIN);
        var address = waiting.address();
        var right = confirm(address);
        var code = right.replaceFirst(".*code=([^&]+).*", "$1");
        var created = address.replaceFirst("\\?.*", "created?code=" + code);

        assertThat(get(created).statusCode()).isEqualTo(400);
        assertThat(get(created + "&state=guessed").statusCode()).isEqualTo(400);
        assertThat(get(right + "&state=guessed").statusCode()).isEqualTo(400);
        assertThat(sandbox.github().calls().count(CallKind.MANIFEST_CONVERSION)).isZero();
        assertThat(get(right).statusCode()).isEqualTo(200);
        assertThat(waiting.end().status()).isZero();
    }

    @Test
    void shows_the_state_to_those_alone_who_know_it() throws Exception {
        var waiting = new Waiting("--domain=" + DOMAIN);
        var address = waiting.address();
        var state = address.replaceFirst(".*state=", "");
        var bare = address.replaceFirst("\\?.*", "");

        for (var wrong :
                List.of(bare, bare + "?state=guessed", address + "&state=guessed", address + "x", bare + "x")) {
            var answer = get(wrong);
            assertThat(answer.statusCode()).as(wrong).isGreaterThanOrEqualTo(400);
            assertThat(answer.body()).as(wrong).doesNotContain(state, "<form");
        }
        confirmed(waiting);
        assertThat(waiting.out.toString().split(state, -1)).as("told once").hasSize(2);
    }

    @Test
    void takes_one_code_and_no_second() throws Exception {
        sandbox.github()
                .fault(call -> call.kind() == CallKind.MANIFEST_CONVERSION, Faults.delay(Duration.ofSeconds(1)));
        var waiting = new Waiting("--domain=" + DOMAIN);
        var right = confirm(waiting.address());
        assertThat(get(right).statusCode()).isEqualTo(200);
        try {
            assertThat(get(right).body()).contains("done already");
            assertThat(get(waiting.address()).body()).contains("done already");
        } catch (IOException closedAlready) {
            // The page is gone as soon as the code is there: that is as good.
        }
        assertThat(waiting.end().status()).isZero();
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
    void answers_no_page_that_calls_it_by_another_name() throws Exception {
        var waiting = new Waiting("--domain=" + DOMAIN);
        var address = waiting.address();

        assertThat(get(address.replace("127.0.0.1", "localhost")).statusCode()).isEqualTo(403);
        assertThat(get(address).headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        confirmed(waiting);
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
