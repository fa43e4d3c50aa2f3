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
    private static final long ROOM_OF_ABOUT_TEN = 10_000;

    private final GitHubFixture gitHub = new GitHubFixture();
    private final SandboxClock clock = new SandboxClock();
    private final GrantMemory memory = new GrantMemory(ROOM_OF_ABOUT_TEN, clock);

    @AfterEach
    void close() {
        gitHub.close();
    }

    private GrantMemory.Grant grant(String subject) {
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
        return new GrantMemory.Grant(facts, List.of("sts.example.com"), route);
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

        memory.remember("large", grant("x".repeat(4_000)));

        assertThat(memory.find("t0")).isEmpty();
        assertThat(memory.find("large")).isPresent();
    }

    @Test
    void gives_the_room_of_what_has_expired_back() {
        memory.remember("a", grant("me"));
        long one = memory.used();
        IntStream.range(0, 4).forEach(number -> memory.remember("t" + number, grant("me")));
        memory.forget("t0");
        clock.advance(LIFE);

        memory.remember("b", grant("me"));

        assertThat(one).isPositive();
        assertThat(memory.used()).isEqualTo(one);
    }

    @Test
    void keeps_its_limit_when_many_remember_at_a_time() throws InterruptedException {
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(thread -> Thread.ofVirtual()
                        .start(() -> IntStream.range(0, 500)
                                .forEach(number -> memory.remember(thread + "-" + number, grant("me")))))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(memory.used()).isBetween(0L, ROOM_OF_ABOUT_TEN);
        memory.remember("last", grant("me"));
        assertThat(memory.find("last")).isPresent();
    }
}
