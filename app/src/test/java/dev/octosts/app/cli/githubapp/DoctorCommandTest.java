package dev.octosts.app.cli.githubapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.probers.JsonObjects;
import dev.octosts.sandbox.github.Account;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.GitHubApp;
import dev.octosts.sandbox.github.Level;
import dev.octosts.sandbox.github.Permissions;
import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DoctorCommandTest extends AppTest {

    private static final String LIST = ".github/chainguard/trusted-token-issuers.yaml";

    private final GitHubApp app = sandbox.github()
            .app(4711, "our-sts", Permissions.none().and("contents", Level.READ).and("issues", Level.WRITE));

    private final Account owner = sandbox.github().organization("octo-org");

    private Result doctor(String... more) throws IOException {
        return call(DoctorCommand::new, deployment(app, more));
    }

    private Result withWebhook() throws IOException {
        return doctor("GITHUB_WEBHOOK_SECRET", "secret");
    }

    @Test
    void finds_nothing_wrong_with_a_sound_deployment() throws IOException {
        sandbox.github().install(app, owner);
        sandbox.github()
                .repository(owner, ".github")
                .put(LIST, "issuers: [https://token.actions.githubusercontent.com]\n");

        var result = doctor();
        assertThat(result.status()).as(result.out()).isZero();
        assertThat(result.out())
                .contains(
                        "ok    configuration: every variable is sound",
                        "ok    App 4711: GitHub accepts its key and knows it as our-sts",
                        "ok    octo-org: App 4711 is installed for all repositories",
                        "ok    octo-org: trusted issuers are valid",
                        "ok    octo-org: there are no guard rails",
                        "0 failures")
                .doesNotContain("FAIL");
    }

    @Test
    void tells_it_to_programs_in_a_line_each() {
        var result = call(DoctorCommand::new, Map.of("PORT", "x", "GITHUB_APP_IDS", "abc"), "--json");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out().lines())
                .hasSize(4)
                .allSatisfy(line -> assertThat(JsonObjects.object(line))
                        .hasValueSatisfying(
                                json -> assertThat(json.getString("grade")).isEqualTo("fail")));
    }

    @Test
    void leaves_no_token_behind() throws IOException {
        sandbox.github().install(app, owner);
        sandbox.github().repository(owner, ".github");

        doctor();
        assertThat(sandbox.github().calls().count(CallKind.MINT)).isEqualTo(1);
        assertThat(sandbox.github().liveTokens(Set.of())).isEmpty();
    }

    @Test
    void tells_every_fault_of_the_configuration() {
        var result = call(DoctorCommand::new, Map.of("PORT", "x", "GITHUB_APP_IDS", "abc"));
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains("FAIL  configuration: PORT:", "GITHUB_APP_IDS: \"abc\"", "STS_DOMAIN: not set", "4 failures");
    }

    @Test
    void tells_a_key_that_is_not_the_apps() throws IOException {
        var other = sandbox.github().app(4712, "other", Permissions.none());
        var result = call(DoctorCommand::new, deployment(other, "GITHUB_APP_IDS", "4711"));
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("FAIL  App 4711: GitHub does not accept it", "check that the private key");
    }

    @Test
    void tells_how_wrong_the_clock_is() throws IOException {
        var ahead = Instant.now().plus(Duration.ofHours(1));
        sandbox.github()
                .fault(
                        call -> call.kind() == CallKind.APP,
                        Faults.reply(Reply.json(401, "{\"message\":\"no\"}").with("Date", http(ahead))));
        var result = doctor();
        assertThat(result.out()).containsPattern("FAIL  clock: this machine is (3599|360[01]) s behind GitHub");
    }

    private static String http(Instant instant) {
        return java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atZone(java.time.ZoneOffset.UTC));
    }

    @Test
    void tells_that_github_cannot_be_reached() throws IOException {
        var result = doctor("GITHUB_BASE_URL", "https://127.0.0.1:1");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains(
                        "GitHub at https://127.0.0.1:1 does not confirm it: the connection is refused",
                        "GITHUB_BASE_URL",
                        "HTTPS_PROXY");
    }

    @Test
    void tells_that_a_certificate_is_not_trusted() throws IOException {
        // An authority that is none of GitHub's.
        var other = CertificateAuthority.create().writePem(folder.resolve("other.pem"));
        var result = doctor("SSL_CERT_FILE", other.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("its certificate is not trusted", "SSL_CERT_FILE");
    }

    @Test
    void tells_that_there_is_no_api_at_an_address() throws IOException {
        sandbox.github()
                .fault(
                        call -> call.kind() == CallKind.APP,
                        Faults.reply(Reply.of(404, "text/html", "<html>Not here</html>".getBytes(UTF_8))));
        assertThat(doctor().out()).contains("is not GitHub's API", "ends in /api/v3");
    }

    @Test
    void tells_what_the_app_lacks_for_a_webhook() throws IOException {
        var result = withWebhook();
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains(
                        "lacks checks: write, pull_requests: read",
                        "is not told of push, pull_request",
                        "has no webhook");
    }

    @Test
    void tells_of_a_webhook_that_leads_elsewhere_and_is_not_signed() throws IOException {
        app.webhook(new GitHubApp.Webhook("https://old.example.com/webhook", ""));
        var result = withWebhook();
        assertThat(result.out())
                .contains(
                        "warn  App 4711: delivers to https://old.example.com/webhook", "its deliveries are not signed");
    }

    @Test
    void tells_that_the_app_is_not_installed() throws IOException {
        assertThat(doctor().out()).contains("FAIL  App 4711: is not installed anywhere");
        sandbox.github().install(app, owner);
        var result = call(DoctorCommand::new, deployment(app), "--owner=other-org");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains("FAIL  other-org: App 4711 is not installed there")
                .doesNotContain("octo-org");
    }

    @Test
    void tells_of_an_installation_that_is_suspended_or_grants_too_little() throws IOException {
        sandbox.github().install(app, owner).suspend(Instant.now());
        sandbox.github().install(app, sandbox.github().organization("poor-org")).grant(Permissions.none());
        assertThat(doctor().out())
                .contains(
                        "FAIL  octo-org: the installation of App 4711 is suspended",
                        "FAIL  poor-org: did not grant contents: read");
    }

    @Test
    void tells_that_no_rules_hold_where_the_policy_repository_is_out_of_reach() throws IOException {
        sandbox.github().repository(owner, "code");
        sandbox.github().install(app, owner).select("code");
        var result = doctor();
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains(
                        "warn  octo-org: the installation does not reach octo-org/.github",
                        "every issuer is permitted");
    }

    @Test
    void tells_where_a_list_of_issuers_is_wrong() throws IOException {
        sandbox.github().install(app, owner);
        sandbox.github().repository(owner, ".github").put(LIST, "mode: enforce\nisuers: []\n");
        var result = doctor();
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("FAIL  octo-org: " + LIST + " is not valid: 2:1");
    }

    @Test
    void reads_an_environment_file_and_names_the_variable_that_was_meant() throws IOException {
        Files.writeString(folder.resolve("sts.env"), """
                # of octo-org
                export STS_DOMAIN="sts.example.com"
                GITHUB_APP_ID=4711
                APP_SECRET_CERTIFICATE_FILE=/nowhere/app.pem
                """);

        var result = call(DoctorCommand::new, Map.of(), "--env-file=sts.env");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .startsWith(
                        "FAIL  configuration: GITHUB_APP_IDS: not set, but GITHUB_APP_ID is; write GITHUB_APP_IDS for it")
                .doesNotContain("STS_DOMAIN: not set");
    }

    @Test
    void notes_a_variable_that_nobody_reads_beside_the_right_one() throws IOException {
        sandbox.github().install(app, owner);

        assertThat(doctor("GITHUB_APP_ID", "4711").out())
                .contains(
                        "warn  configuration: GITHUB_APP_ID is not a variable of this program; did you mean GITHUB_APP_IDS?");
    }

    @Test
    void prefers_the_file_to_the_environment() throws IOException {
        sandbox.github().install(app, owner);
        Files.writeString(folder.resolve("sts.env"), "PORT='x'\n");

        assertThat(call(DoctorCommand::new, deployment(app, "PORT", "8080"), "--env-file=sts.env")
                        .out())
                .contains("FAIL  configuration: PORT:");
    }

    @Test
    void says_which_line_of_an_environment_file_is_none_and_never_shows_it() throws IOException {
        Files.writeString(folder.resolve("sts.env"), "PORT=1\nGITHUB_WEBHOOK_SECRET hunter2\n");

        var result = call(DoctorCommand::new, Map.of(), "--env-file=sts.env");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err())
                .contains("--env-file: sts.env, line 2: write NAME=VALUE")
                .doesNotContain("hunter2");
        assertThat(call(DoctorCommand::new, Map.of(), "--env-file=nowhere.env").err())
                .contains("--env-file: cannot read nowhere.env: it is not there");
    }
}
