package dev.octosts.exchange.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRingTest {

    private static final int SIZE = 1_024;

    private final ByteRing ring = new ByteRing(SIZE);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String value(String key) {
        return ring.find(bytes(key))
                .map(found -> new String(found, StandardCharsets.UTF_8))
                .orElse("-");
    }

    @Test
    void finds_what_was_added_last_with_a_key_until_it_is_forgotten() {
        assertThat(value("a")).isEqualTo("-");
        ring.add(bytes("a"), bytes("1"));
        ring.add(bytes("b"), bytes("2"));
        ring.add(bytes("a"), bytes("3"));

        assertThat(value("a")).isEqualTo("3");
        assertThat(value("b")).isEqualTo("2");
        assertThat(value("ab")).isEqualTo("-");

        ring.forget(bytes("a"));
        assertThat(value("a")).isEqualTo("-");
        assertThat(value("b")).isEqualTo("2");
    }

    @Test
    void takes_an_entry_that_fills_it_and_none_that_does_not_fit() {
        ring.add(bytes("a"), bytes("1"));
        ring.add(bytes("k"), new byte[SIZE - 9]);
        assertThat(ring.find(bytes("k")))
                .hasValueSatisfying(found -> assertThat(found).hasSize(SIZE - 9));
        assertThat(value("a")).isEqualTo("-");

        ring.add(bytes("l"), new byte[SIZE - 8]);
        assertThat(value("l")).isEqualTo("-");
        assertThat(ring.find(bytes("k"))).isPresent();
    }

    /** The newest entries are there, as many as have room, whatever their lengths and where the ring ends. */
    @Tag("property")
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void keeps_the_newest_entries(long seed) {
        var random = new Random(seed);
        Deque<Map.Entry<String, String>> kept = new ArrayDeque<>();
        int used = 0;
        for (int number = 0; number < 3_000; number++) {
            var entry = Map.entry("key-" + number, "v".repeat(random.nextInt(200)) + number);
            ring.add(bytes(entry.getKey()), bytes(entry.getValue()));
            kept.addLast(entry);
            used += length(entry);
            while (used > SIZE) {
                used -= length(kept.removeFirst());
            }
            assertThat(value("key-" + (number - kept.size()))).isEqualTo("-");
            for (var known : kept) {
                assertThat(value(known.getKey())).as("after %s", number).isEqualTo(known.getValue());
            }
        }
    }

    private static int length(Map.Entry<String, String> entry) {
        return 8 + entry.getKey().length() + entry.getValue().length();
    }
}
