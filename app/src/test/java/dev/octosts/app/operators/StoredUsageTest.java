package dev.octosts.app.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.octosts.api.Egress;
import dev.octosts.app.audit.AuditRecord;
import dev.octosts.app.usage.UsageEvent;
import dev.octosts.app.usage.UsageReading;
import dev.octosts.app.usage.UsageSearch;
import dev.octosts.app.usage.UsageStore.Kind;
import dev.octosts.app.usage.UsageStore.Used;
import dev.octosts.app.usage.UsageStore.Window;
import dev.octosts.github.AppPool;
import dev.octosts.github.AppPools;
import dev.octosts.github.GitBlob;
import dev.octosts.github.GitHub;
import dev.octosts.github.GitHubApp;
import dev.octosts.operators.spi.AuditEntry;
import dev.octosts.operators.spi.AuditField;
import dev.octosts.operators.spi.AuditPlace;
import dev.octosts.operators.spi.PolicyNeeds;
import dev.octosts.operators.spi.Reach;
import dev.octosts.operators.spi.TokenUse;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What operators see of usage; the policies are at the GitHub of a sandbox. */
@Timeout(60)
class StoredUsageTest {

    private static final Instant NOW = Instant.parse("2026-11-30T06:00:00Z");
    private static final Instant BEGIN = NOW.minus(Duration.ofDays(40));
    private static final String PATH =
            DemoWorld.OWNER + "/" + DemoWorld.REPOSITORY + "/" + DemoWorld.policyFile(DemoWorld.CI);
    private static final Reach OWN = Reach.of(Set.of(DemoWorld.OWNER));

    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld world = DemoWorld.in(sandbox);
    private final GitHub gitHub = new GitHub(
            sandbox.github().baseUri(),
            new Egress(sandbox.authority().clientContext(), Optional.empty()),
            GitHub.Time.ofThisMachine(),
            call -> {});
    private final KnownUsage usage = new KnownUsage();
    private final StoredUsage desk = new StoredUsage(
            usage,
            new LivePolicies(
                    gitHub,
                    new AppPools(Map.of(
                            AppPools.EVERYBODY_ELSE,
                            new AppPool(List.of(
                                    new GitHubApp(world.app().id(), world.app().privateKey(), Clock.systemUTC()))))),
                    Clock.systemUTC()),
            Clock.systemUTC());

    @AfterEach
    void close() {
        gitHub.close();
        sandbox.close();
    }

    /** Usage in memory: a policy that reads contents once in two days, and a token with these events. */
    private final class KnownUsage implements UsageSearch, UsageReading {

        private String blob = GitBlob.id(world.policy(DemoWorld.CI).getBytes(StandardCharsets.UTF_8));
        private final List<UsageEvent> ofToken = new ArrayList<>();
        private final List<Window> windows =
                new ArrayList<>(List.of(new Window(DemoWorld.OWNER, Kind.API, BEGIN, NOW)));
        private Optional<Instant> ended = Optional.empty();
        private boolean whole = true;
        private int status = 404;

        @Override
        public OfToken token(String sha256, String owner) {
            return new OfToken(ofToken, true, "42", ended, windows);
        }

        @Override
        public UsageReading policy(String path) {
            return this;
        }

        @Override
        public List<Window> windows() {
            return windows;
        }

        private AuditRecord grant() {
            return new AuditRecord(
                    AuditRecord.newId(),
                    BEGIN,
                    AuditRecord.Kind.EXCHANGE,
                    "granted",
                    new AuditRecord.RecordedTarget(DemoWorld.OWNER, DemoWorld.REPOSITORY, DemoWorld.CI),
                    AuditRecord.RecordedCaller.UNKNOWN,
                    new AuditRecord.Policy(PATH, blob),
                    new AuditRecord.RecordedToken("a".repeat(64), Optional.of(NOW)),
                    7,
                    "",
                    "{\"permissions\":{\"contents\":\"read\",\"issues\":\"write\"}}");
        }

        @Override
        public void records(Consumer<AuditRecord> reader) {
            reader.accept(grant());
        }

        @Override
        public void used(Instant since, Consumer<Used> reader) {
            reader.accept(new Used(event(BEGIN, status), "", grant()));
        }

        @Override
        public Map<String, List<Instant>> endedRuns(Instant since) {
            return Map.of();
        }

        @Override
        public boolean isWhole() {
            return whole;
        }
    }

    private static UsageEvent event(Instant at) {
        return event(at, 404);
    }

    private static UsageEvent event(Instant at, int status) {
        return new UsageEvent(
                "id-" + at,
                at,
                "a".repeat(64),
                "",
                UsageEvent.API_REQUEST,
                DemoWorld.OWNER,
                DemoWorld.REPOSITORY,
                new UsageEvent.ApiRequest("GET", "/repos/octo-org/octo-repo/contents/README.md", status),
                "US");
    }

    private PolicyNeeds needs() throws Exception {
        return desk.ofPolicy(PATH, OWN).orElseThrow();
    }

    @Test
    void proposes_the_change_of_the_file_that_is_at_github_with_a_token_that_is_revoked() throws Exception {
        PolicyNeeds needs = needs();

        assertThat(needs.permissions())
                .extracting(PolicyNeeds.NeededPermission::name, PolicyNeeds.NeededPermission::need)
                .containsExactly(
                        tuple("contents", PolicyNeeds.PermissionUse.USED),
                        tuple("issues", PolicyNeeds.PermissionUse.UNUSED));
        assertThat(needs.enough()).isEqualTo(Map.of("contents", "read"));
        assertThat(needs.diff())
                .startsWith("--- a/.github/chainguard/ci.sts.yaml\n")
                .contains("\n-  issues: write")
                .contains("\n   contents: read");
        int calls = sandbox.github().calls().all().size();
        needs();
        assertThat(sandbox.github().calls().all().stream().limit(calls + 1L).filter(call -> call.readMint()))
                .as("it is read once")
                .hasSize(1);
        gitHub.close();
        assertThat(sandbox.github().liveTokens(Set.of())).isEmpty();
    }

    @Test
    void tells_where_github_refused_every_request_and_calls_nothing_unused_for_that() throws Exception {
        PolicyNeeds needs = needs();

        assertThat(needs.repositories()).isEmpty();
        assertThat(needs.refusedRepositories()).containsExactly("octo-org/octo-repo");
        assertThat(needs.unusedRepositories()).isEmpty();
        assertThat(needs.answers()).isEqualTo(Map.of("GET /repos/octo-org/octo-repo/contents/README.md: 404", 1L));
        assertThat(needs.permissions())
                .filteredOn(permission -> permission.name().equals("contents"))
                .extracting(PolicyNeeds.NeededPermission::need)
                .containsExactly(PolicyNeeds.PermissionUse.USED);
        assertThat(needs.requestLog()).contains(new PolicyNeeds.KnownTime(BEGIN, NOW));
        assertThat(needs.log()).isEmpty();
        usage.status = 0;
        assertThat(needs().repositories())
                .as("an answer that is not known may have been a success")
                .containsExactly("octo-org/octo-repo");
    }

    @Test
    void proposes_nothing_of_another_version_or_of_a_file_that_is_gone() throws Exception {
        usage.blob = "b".repeat(40);
        assertThat(needs().diff()).isEmpty();
        assertThat(needs().note()).contains("another version");

        world.repository().remove(DemoWorld.policyFile(DemoWorld.CI));
        var again = new StoredUsage(
                usage, new LivePolicies(gitHub, new AppPools(Map.of()), Clock.systemUTC()), Clock.systemUTC());
        assertThat(again.ofPolicy(PATH, OWN).orElseThrow().note()).contains("could not be read");
    }

    @Test
    void calls_nothing_unused_when_not_all_events_were_read() throws Exception {
        usage.whole = false;
        assertThat(needs().permissions())
                .extracting(PolicyNeeds.NeededPermission::need)
                .doesNotContain(PolicyNeeds.PermissionUse.UNUSED, PolicyNeeds.PermissionUse.NARROWER);
        assertThat(sandbox.github().calls().all())
                .as("nobody was asked for a file")
                .isEmpty();
    }

    @Test
    void tells_nothing_of_other_accounts() throws Exception {
        assertThat(desk.ofPolicy(PATH, Reach.of(Set.of("other-org")))).isEmpty();
        assertThat(desk.ofPolicy(PATH, Reach.NOTHING)).isEmpty();
        assertThat(desk.ofPolicy("no-path", OWN)).isEmpty();
        assertThat(desk.ofPolicy(PATH, Reach.EVERYTHING)).isPresent();
    }

    @Test
    void tells_of_a_token_what_it_did_and_how_much_of_its_time_is_known() throws Exception {
        var exchange = new AuditEntry(
                new AuditPlace(LocalDate.EPOCH, 1),
                "id",
                NOW.minusSeconds(7_200),
                Map.of(AuditField.TOKEN, "a".repeat(64), AuditField.OWNER, DemoWorld.OWNER),
                "",
                Optional.of(NOW.minusSeconds(3_600)),
                7,
                "{}",
                "");
        usage.ofToken.addAll(List.of(
                event(NOW.minusSeconds(7_000)), event(NOW.minusSeconds(6_950)), event(NOW.minusSeconds(6_000))));
        usage.ended = Optional.of(NOW.minusSeconds(6_990));

        TokenUse use = desk.ofToken(exchange);

        assertThat(use.known()).isEqualTo(TokenUse.Known.REQUESTS);
        assertThat(use.requests()).isEqualTo(Map.of("GET /repos/octo-org/octo-repo/contents/README.md: 404", 3L));
        assertThat(use.repositories()).isEqualTo(Map.of("octo-org/octo-repo", 3L));
        assertThat(use.places()).isEqualTo(Map.of("US", 3L));
        assertThat(use.late()).hasValueSatisfying(late -> {
            assertThat(late.run()).isEqualTo("42");
            assertThat(late.events()).as("a minute is for the log").isEqualTo(1);
        });
        usage.windows.set(0, new Window(DemoWorld.OWNER, Kind.LOG, BEGIN, NOW));
        assertThat(desk.ofToken(exchange).known()).isEqualTo(TokenUse.Known.LOG);
        usage.windows.set(0, new Window(DemoWorld.OWNER, Kind.API, BEGIN, NOW.minusSeconds(3_700)));
        assertThat(desk.ofToken(exchange).known()).isEqualTo(TokenUse.Known.NOT_ALL);
    }
}
