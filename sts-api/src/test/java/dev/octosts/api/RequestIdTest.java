package dev.octosts.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "0af7651916cd43dd8448eb211c80319c", "A.b_c-9"})
    void takes_one_that_is_well_formed(String given) {
        assertThat(RequestId.of(List.of(given)).value()).isEqualTo(given);
    }

    @Test
    void takes_one_of_128_characters_and_none_of_129() {
        assertThat(RequestId.of(List.of("a".repeat(128))).value()).hasSize(128);
        assertThat(RequestId.of(List.of("a".repeat(129))).value()).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n", "a\"", "a/b", "ä", "a,b", "\u202e"})
    void makes_another_one_for_what_is_malformed(String given) {
        assertThat(RequestId.of(List.of(given)).value()).matches("[0-9a-f]{32}");
    }

    @Test
    void makes_one_when_there_are_none_or_several() {
        assertThat(RequestId.of(List.of()).value()).matches("[0-9a-f]{32}");
        assertThat(RequestId.of(List.of("a", "a")).value()).matches("[0-9a-f]{32}");
    }

    @Test
    void is_that_of_the_request_that_the_thread_works_on() {
        var seen = new AtomicReference<RequestId>();
        var id = new RequestId("mine");

        id.during(() -> seen.set(RequestId.current()));

        assertThat(seen.get()).isEqualTo(id);
        assertThat(RequestId.current()).isNotEqualTo(RequestId.current());
    }
}
