package dev.octosts.app.cli.githubapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Faults;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page on this machine, which other pages and other people can reach too. */
class CreatePageTest extends CreateTest {

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
        assertThat(waiting.out.toString().split(state, -1)).as("shown once").hasSize(2);
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
    void answers_no_page_that_calls_it_by_another_name() throws Exception {
        var waiting = new Waiting("--domain=" + DOMAIN);
        var address = waiting.address();

        assertThat(get(address.replace("127.0.0.1", "localhost")).statusCode()).isEqualTo(403);
        assertThat(get(address).headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        confirmed(waiting);
    }
}
