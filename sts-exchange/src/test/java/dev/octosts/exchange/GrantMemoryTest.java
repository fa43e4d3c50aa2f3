package dev.octosts.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.GrantedTokens.Facts;
import dev.octosts.github.Installation;
import dev.octosts.github.Route;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.SandboxClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GrantMemoryTest {

    private static final Duration LIFE = Duration.ofHours(1);
    private static final int ROOM_OF_ABOUT_TEN = 2_048;

    private final GitHubFixture gitHub = new GitHubFixture();
    private final SandboxClock clock = new SandboxClock();
    private final GrantMemory memory = new GrantMemory(1, ROOM_OF_ABOUT_TEN, clock);

    @AfterEach
    void close() {
        gitHub.close();
    }

    private GrantMemory.RememberedGrant grant(String subject) {
        var route = new Route("octo-org", gitHub.caller(), new Installation(1, "octo-org", 2, "app", false));
        var facts = new Facts(
                "https://issuer.example",
                subject,
                "octo-org/octo-repo",
                "ci",
                Map.of("issues", "write"),
                List.of("octo-repo"),
                clock.instant(),
                clock.instant().plus(LIFE));
        return new GrantMemory.RememberedGrant(facts, List.of("sts.example.com"), route);
    }

    @Test
    void remembers_a_grant_until_its_token_expires() {
        var grant = grant("me");
        memory.remember("a", grant);

        assertThat(memory.find("a")).contains(grant);
        assertThat(memory.find("b")).isEmpty();
        clock.advance(LIFE.minusSeconds(1));
        assertThat(memory.find("a")).contains(grant);
        clock.advance(Duration.ofSeconds(1));
        assertThat(memory.find("a")).isEmpty();
    }

    @Test
    void forgets_a_token_that_was_revoked() {
        memory.remember("a", grant("me"));

        memory.forget("a");

        assertThat(memory.find("a")).isEmpty();
    }

    @Test
    void forgets_the_oldest_first_when_there_is_no_more_room() {
        IntStream.range(0, 100).forEach(number -> memory.remember("t" + number, grant("me")));

        assertThat(memory.find("t0")).isEmpty();
        assertThat(memory.find("t99")).isPresent();
        assertThat(IntStream.range(0, 100)
                        .filter(number -> memory.find("t" + number).isPresent()))
                .hasSizeBetween(5, 15)
                .isSorted()
                .last()
                .isEqualTo(99);
    }

    @Test
    void counts_what_a_grant_takes_and_not_only_how_many_there_are() {
        IntStream.range(0, 5).forEach(number -> memory.remember("t" + number, grant("me")));

        memory.remember("large", grant("x".repeat(1_500)));

        assertThat(memory.find("t0")).isEmpty();
        assertThat(memory.find("large")).isPresent();
    }

    @Test
    void does_not_remember_what_is_larger_than_its_room_and_goes_on() {
        memory.remember("a", grant("me"));

        memory.remember("huge", grant("x".repeat(ROOM_OF_ABOUT_TEN)));

        assertThat(memory.find("huge")).isEmpty();
        assertThat(memory.find("a")).isPresent();
    }

    @Test
    void keeps_every_text_as_it_is() {
        var grant = grant("repo:ö/日本:\u0000\uD83D\uDE00");
        memory.remember("a", grant);

        assertThat(memory.find("a")).contains(grant);
    }

    @Test
    void knows_the_app_of_a_grant_as_it_is_now() {
        memory.remember("a", grant("me"));
        var renewed = gitHub.caller(gitHub.app());
        var route = new Route("octo-org", renewed, new Installation(1, "octo-org", 2, "app", false));
        memory.remember("b", new GrantMemory.RememberedGrant(grant("me").facts(), List.of(), route));

        assertThat(memory.find("a").orElseThrow().route().app()).isSameAs(renewed);
    }

    @Test
    void remembers_when_many_remember_at_a_time() throws InterruptedException {
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(thread -> Thread.ofVirtual()
                        .start(() -> IntStream.range(0, 500)
                                .forEach(number -> memory.remember(thread + "-" + number, grant("me")))))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        memory.remember("last", grant("me"));
        assertThat(memory.find("last")).isPresent();
    }
}
