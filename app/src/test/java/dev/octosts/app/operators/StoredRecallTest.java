package dev.octosts.app.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Egress;
import dev.octosts.api.HeldToken;
import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.audit.KeptTokens;
import dev.octosts.app.audit.SealingKey;
import dev.octosts.app.audit.TokenRecall;
import dev.octosts.app.audit.TokenSafe;
import dev.octosts.app.database.OperatorDatabase;
import dev.octosts.app.settings.SettingsReader;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.operators.spi.RecallDesk.Holder;
import dev.octosts.operators.spi.RecallDesk.Recalled;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Taking tokens back for an operator who waits. */
@Timeout(60)
class StoredRecallTest {

    private static final SealingKey KEY =
            SealingKey.of("0123456789abcdef".repeat(4).getBytes(StandardCharsets.US_ASCII));
    private static final Holder HOLDER = new Holder("octo-org", "", "", "", "repo:a:*");

    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld world = DemoWorld.in(sandbox);
    private final GitHub gitHub = new GitHub(
            sandbox.github().baseUri(),
            new Egress(sandbox.authority().clientContext(), Optional.empty()),
            GitHub.Time.ofThisMachine(),
            call -> {});
    private final OperatorDatabase database;
    private final TokenSafe safe;
    private final TokenRecall recall;

    StoredRecallTest(@TempDir Path folder) throws Exception {
        database = OperatorDatabase.open(SettingsReader.database(Map.of(
                "OCTOSTS_DB_URL", "jdbc:h2:file:" + folder.resolve("octo-sts").toAbsolutePath())));
        safe = database.tokens(KEY);
        recall = new TokenRecall(safe, KEY, gitHub.tokens());
    }

    @AfterEach
    void close() {
        database.close();
        gitHub.close();
        sandbox.close();
    }

    @BeforeEach
    void mint() throws Exception {
        var app = new GitHubApp(world.app().id(), world.app().privateKey(), Clock.systemUTC());
        KeptTokens.mint(gitHub, app, safe, "repo:a:1", "repo:a:2", "repo:a:3", "repo:b:1");
    }

    @Test
    void counts_what_github_confirms_what_was_gone_and_what_it_did_not_confirm_and_puts_it_on_record()
            throws Exception {
        var desk = new StoredRecall(safe, recall, Clock.systemUTC());
        gitHub.tokens()
                .revoke(
                        new HeldToken(
                                sandbox.github().liveTokens(Set.of()).getFirst().value()),
                        Optional.empty());
        sandbox.github().fault(call -> call.kind() == CallKind.REVOKE, Faults.status(502), 1);

        assertThat(desk.held(HOLDER)).isEqualTo(3);
        Recalled first = desk.recall(HOLDER, "ann", "incident 42");

        assertThat(first.revoked() + first.gone()).isEqualTo(2);
        assertThat(first.unconfirmed()).isEqualTo(1);
        assertThat(desk.held(HOLDER)).isEqualTo(1);
        Recalled second = desk.recall(HOLDER, "ann", "incident 42");
        assertThat(first.revoked() + second.revoked()).isEqualTo(2);
        assertThat(first.gone() + second.gone()).isEqualTo(1);
        assertThat(sandbox.github().liveTokens(Set.of()))
                .as("that of another subject")
                .hasSize(1);
        var records = new ArrayList<AuditRecord>();
        database.audit().read(stored -> records.add(stored.record()));
        assertThat(records)
                .extracting(AuditRecord::outcome)
                .containsSubsequence("token-revoke", "token-revoked", "token-revoke", "token-revoked");
        var ends = records.stream()
                .filter(record -> record.kind() == AuditRecord.Kind.REVOCATION)
                .toList();
        assertThat(ends)
                .as("one for each token that GitHub has revoked")
                .hasSize(2)
                .allSatisfy(end -> {
                    assertThat(end.outcome()).isEqualTo("taken-back");
                    assertThat(end.target().owner()).isEqualTo("octo-org");
                    assertThat(end.caller().subject()).startsWith("repo:a:");
                    assertThat(end.token().sha256()).hasSize(64);
                    assertThat(end.token().expiresAt()).isPresent();
                });
        records.removeAll(ends);
        assertThat(records).hasSize(4).allSatisfy(record -> {
            assertThat(record.caller().subject()).isEqualTo("ann");
            assertThat(record.data()).contains("incident 42", "repo:a:*");
        });
        assertThat(records.get(1).data()).contains("\"failed\":\"1\"", "\"left\":\"0\"");
    }

    @Test
    void leaves_what_is_beyond_the_number_or_the_time() throws Exception {
        var holder = new TokenSafe.TokenHolder(new AuditRecord.RecordedTarget("octo-org", "", ""), "", "repo:a:*");

        assertThat(recall.some(holder, 2, Duration.ofSeconds(-1)))
                .isEqualTo(new TokenRecall.RecalledPart(new TokenRecall.Count(0, 0, 0, 0), 3));
        assertThat(recall.some(holder, 2, Duration.ofMinutes(1)))
                .isEqualTo(new TokenRecall.RecalledPart(new TokenRecall.Count(2, 0, 0, 0), 1));
        assertThat(safe.held(holder)).hasSize(1);
    }
}
