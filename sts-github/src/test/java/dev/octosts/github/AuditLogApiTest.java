package dev.octosts.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.InstallationToken;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.http.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the client asks for an audit log. */
@Timeout(30)
class AuditLogApiTest {

    private static final Instant SINCE = Instant.parse("2026-11-30T05:00:00Z");

    private final GitHubFixture gitHub = new GitHubFixture();

    @AfterEach
    void close() {
        gitHub.server().clearFaults();
        gitHub.close();
    }

    private GitHubResult<AuditLogApi.EventPage> page(String after) {
        return gitHub.client()
                .auditLog()
                .page(new InstallationToken("ghs_nobody", Instant.MAX), gitHub.owner(), SINCE, after);
    }

    @Test
    void asks_for_everything_since_a_time_and_takes_the_cursor_alone_from_the_link() {
        gitHub.server()
                .fault(
                        call -> call.kind() == CallKind.AUDIT_LOG,
                        Faults.reply(Reply.json(200, "[]")
                                .with(
                                        "Link",
                                        "<https://elsewhere.example/x?before=&after=MS4%3D&per_page=1>; rel=\"next\","
                                                + " <https://elsewhere.example/x?after=first>; rel=\"first\"")));

        assertThat(page("")).isInstanceOfSatisfying(Success.class, page -> {
            var events = (AuditLogApi.EventPage) page.value();
            assertThat(events.next()).isEqualTo(Optional.of("MS4="));
            assertThat(new String(events.json(), StandardCharsets.UTF_8)).isEqualTo("[]");
        });
        page("MS4=");

        assertThat(gitHub.server().calls().all().stream().filter(call -> call.kind() == CallKind.AUDIT_LOG))
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.query())
                        .containsEntry("phrase", "created:>=2026-11-30T05:00:00+00:00")
                        .containsEntry("include", "all")
                        .containsEntry("order", "asc")
                        .containsEntry("per_page", "100"))
                .last()
                .satisfies(call -> assertThat(call.query()).containsEntry("after", "MS4="));
    }

    @Test
    void says_why_there_is_no_page() {
        assertThat(page("")).isEqualTo(new Failure<>(Reason.UNAUTHORIZED));
        gitHub.server().fault(call -> call.kind() == CallKind.AUDIT_LOG, Faults.status(404));
        assertThat(page("")).isEqualTo(new Failure<>(Reason.NOT_FOUND));
    }
}
