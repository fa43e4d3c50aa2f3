package dev.octosts.app.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.InstallationToken;
import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.audit.KeptTokens;
import dev.octosts.app.cli.githubapp.AppTest;
import dev.octosts.app.database.OperatorDatabase;
import dev.octosts.app.settings.ServedParts;
import dev.octosts.app.settings.Settings;
import dev.octosts.app.settings.SettingsReader;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.Level;
import dev.octosts.sandbox.github.Permissions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens of a GitHub that says which are still valid. */
@Timeout(60)
class AuditRevokeCommandTest extends AppTest {

    private static final String KEY = "0123456789abcdef".repeat(4);

    private Map<String, String> variables = Map.of();

    @BeforeEach
    void begin() throws Exception {
        var app = sandbox.github().app(4711, "our-sts", Permissions.none().and("issues", Level.WRITE));
        sandbox.github().install(app, sandbox.github().organization("octo-org"));
        variables = deployment(
                app,
                "OCTOSTS_DB_URL",
                "jdbc:h2:file:" + folder.resolve("octo-sts").toAbsolutePath(),
                "OCTOSTS_REVOCABLE_TOKENS_KEY",
                Files.writeString(folder.resolve("key"), KEY + "\n").toString(),
                "OCTOSTS_AUDIT",
                "durable",
                "OCTOSTS_REVOCABLE_TOKENS",
                "true");
    }

    private Result revoke(String... arguments) {
        return call(AuditRevokeCommand::new, variables, arguments);
    }

    /** Mints a token for each subject, and keeps it with the key of the settings. */
    private List<InstallationToken> mint(String... subjects) throws Exception {
        if (!(SettingsReader.read(variables, ServedParts.ALL) instanceof Settings.Outcome.Sound(var settings))) {
            throw new AssertionError("the settings are not sound");
        }
        try (var gitHub = new GitHub(
                        settings.exchange().gitHub().address(),
                        settings.exchange().egress(),
                        GitHub.Time.ofThisMachine(),
                        call -> {});
                var database = OperatorDatabase.open(settings.database().orElseThrow())) {
            var app = new GitHubApp(settings.exchange().gitHub().apps().getFirst(), Clock.systemUTC());
            var safe = database.tokens(settings.audit().sealing().orElseThrow());
            return KeptTokens.mint(gitHub, app, safe, subjects);
        }
    }

    private boolean isValid(InstallationToken token) {
        return sandbox.github().liveTokens(Set.of()).stream()
                .anyMatch(live -> live.value().equals(token.value()));
    }

    private List<AuditRecord> records() throws Exception {
        var records = new ArrayList<AuditRecord>();
        try (var database = OperatorDatabase.open(SettingsReader.database(variables))) {
            database.audit().read(stored -> records.add(stored.record()));
        }
        return records;
    }

    @Test
    void revokes_the_valid_tokens_of_a_holder_alone_and_counts_what_github_confirms() throws Exception {
        var tokens = mint("repo:a:main", "repo:a:dev", "repo:b:main");

        var revoked = revoke("--owner", "Octo-Org", "--subject", "repo:a:*", "--reason", "incident 42");

        assertThat(revoked.status()).as(revoked.err()).isZero();
        assertThat(revoked.out().strip()).isEqualTo("2 tokens are revoked, 0 were no longer valid");
        assertThat(tokens.stream().map(this::isValid)).containsExactly(false, false, true);
        assertThat(records())
                .extracting(AuditRecord::outcome)
                .containsExactly("token-revoke", "taken-back", "taken-back", "token-revoked");
        assertThat(records().getLast().data()).contains("\"revoked\":\"2\"", "incident 42", "repo:a:*");
        assertThat(revoke("--subject", "repo:a:*", "--reason", "again", "--json")
                        .out()
                        .strip())
                .isEqualTo("{\"revoked\":0,\"invalid\":0,\"failed\":0,\"unreadable\":0}");
    }

    @Test
    void a_token_that_github_did_not_confirm_is_not_revoked_and_is_tried_again() throws Exception {
        var tokens = mint("repo:a:main");
        sandbox.github().fault(call -> call.kind() == CallKind.REVOKE, Faults.status(502), 1);

        var failed = revoke("--identity", "ci", "--reason", "incident");
        assertThat(failed.status()).isOne();
        assertThat(failed.out()).contains("0 tokens are revoked", "1 could not be revoked; run it again");
        assertThat(isValid(tokens.getFirst())).isTrue();

        assertThat(revoke("--identity", "ci", "--reason", "incident").out()).startsWith("1 tokens are revoked");
    }

    @Test
    void what_is_in_the_database_is_no_token_without_the_key() throws Exception {
        var tokens = mint("repo:a:main");
        for (Path file : List.of(folder.resolve("octo-sts.mv.db"))) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain(tokens.getFirst().value());
        }
        Files.writeString(folder.resolve("key"), "f".repeat(64));

        var unreadable = revoke("--issuer", "https://issuer.example", "--reason", "incident");
        assertThat(unreadable.status()).isOne();
        assertThat(unreadable.out()).contains("1 are sealed with another key");
        assertThat(isValid(tokens.getFirst())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--reason=x|this would be everybody",
                "--subject=* --reason=x|this would be everybody",
                "--subject=a*b --reason=x|--subject has a * before its end",
                "--identity=c* --reason=x|--identity has a *, which stands for any text only at the end",
                "--owner=a --reason= |--reason is empty; a reason is needed",
                "--repository=r --reason=x|--repository needs --owner",
                "--owner=a|--reason",
            })
    void refuses_what_names_nobody(String arguments, String message) {
        var result = revoke(arguments.split(" ", -1));

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains(message);
    }

    @Test
    void says_what_is_missing() {
        variables.remove("OCTOSTS_REVOCABLE_TOKENS_KEY");
        assertThat(revoke("--owner", "a", "--reason", "x").err()).contains("OCTOSTS_REVOCABLE_TOKENS_KEY: not set");
        variables.put("OCTOSTS_REVOCABLE_TOKENS_KEY", folder.resolve("ca.pem").toString());
        assertThat(revoke("--owner", "a", "--reason", "x").status()).isEqualTo(2);
    }
}
