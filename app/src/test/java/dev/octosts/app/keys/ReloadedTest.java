package dev.octosts.app.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReloadedTest {

    private final LogLines log = new LogLines(Reloaded.class);
    private final TestSource file = new TestSource("/etc/value", true, "one");
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger meanings = new AtomicInteger();
    private boolean accepting = true;
    private final Reloaded<String> value = Reloaded.first("the value", file, this::meaning, this::accept, nanos::get);

    @AfterEach
    void stop() {
        log.close();
    }

    private String meaning(byte[] content) {
        meanings.incrementAndGet();
        var text = new String(content, StandardCharsets.UTF_8).strip();
        if (text.startsWith("bad")) {
            throw new IllegalArgumentException(text + " is no value");
        }
        return text;
    }

    private String accept(String before, String after) {
        if (!accepting) {
            throw new IllegalArgumentException(after + " may not be used");
        }
        return before + " was before";
    }

    @Test
    void takes_a_sound_change_and_tells_it_once() {
        assertThat(value.readAgain()).isFalse();
        file.has("two");

        assertThat(value.readAgain()).isTrue();
        assertThat(value.readAgain()).isFalse();

        assertThat(value.current()).isEqualTo("two");
        assertThat(log.lines()).containsExactly("the value is another one, and is used from now on: one was before");
        assertThat(log.levels()).containsExactly("INFO");
    }

    @Test
    void looks_at_the_meaning_only_when_the_content_is_another_one() {
        for (int look = 0; look < 5; look++) {
            value.readAgain();
        }
        assertThat(meanings).hasValue(1);
    }

    @Test
    void takes_another_content_of_the_same_meaning_for_no_change() {
        file.has("one\n");

        assertThat(value.readAgain()).isFalse();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void keeps_what_it_has_when_the_change_is_not_sound_and_tells_it_once_for_each_fault() {
        file.has("bad one");
        value.readAgain();
        value.readAgain();
        file.has("bad two");
        value.readAgain();
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        value.readAgain();

        assertThat(value.current()).isEqualTo("one");
        assertThat(log.lines())
                .containsExactly(
                        "the value cannot be used, and the one before stays in use: bad one is no value",
                        "the value cannot be used, and the one before stays in use: bad two is no value");
        assertThat(log.levels()).containsOnly("ERROR");
    }

    @Test
    void keeps_what_it_has_when_there_is_nothing_to_read_and_tells_when_there_is_again() {
        file.has("");
        value.readAgain();
        value.readAgain();
        assertThat(value.current()).isEqualTo("one");

        file.has("one");
        assertThat(value.readAgain()).isFalse();

        assertThat(log.lines())
                .containsExactly(
                        "the value cannot be used, and the one before stays in use: the file \"/etc/value\" does not exist",
                        "the value can be used again, and is the one in use");
    }

    @Test
    void tries_what_was_refused_again_after_a_minute_because_it_may_have_become_sound() {
        accepting = false;
        file.has("two");
        assertThat(value.readAgain()).isFalse();
        accepting = true;

        assertThat(value.readAgain()).isFalse();
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(value.readAgain()).isTrue();

        assertThat(value.current()).isEqualTo("two");
        assertThat(log.lines())
                .containsExactly(
                        "the value cannot be used, and the one before stays in use: two may not be used",
                        "the value is another one, and is used from now on: one was before");
    }

    @Test
    void clears_what_it_has_read() {
        file.has("two");
        value.readAgain();
        file.has("bad one");
        value.readAgain();

        assertThat(file.given())
                .hasSize(3)
                .allSatisfy(bytes -> assertThat(bytes).containsOnly(0));
    }

    @Test
    void is_not_waited_for_while_another_thread_reads() throws Exception {
        var reading = new CountDownLatch(1);
        var slow = new CountDownLatch(1);
        file.has("two");
        var another = Reloaded.known("another", "one", file, this::meaning, (before, after) -> {
            reading.countDown();
            await(slow);
            return "";
        });
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(another::readAgain);
            await(reading);

            assertThat(another.readAgain()).isFalse();
            assertThat(another.current()).isEqualTo("one");

            slow.countDown();
            assertThat(first.get()).isTrue();
            assertThat(another.current()).isEqualTo("two");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void is_nothing_at_first_when_there_is_nothing_sound() {
        file.has("bad one");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reloaded.first("the value", file, this::meaning, this::accept))
                .withMessage("bad one is no value");
    }
}
