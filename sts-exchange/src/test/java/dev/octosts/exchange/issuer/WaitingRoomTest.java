package dev.octosts.exchange.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.budget.BusyException;
import dev.octosts.api.budget.MemoryBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
    private static final int LIMIT = 8 * 1024 * 1024;

    private final MemoryBudget memory = new MemoryBudget(LIMIT, 0, System::nanoTime);
    private final WaitingRoom room = new WaitingRoom(memory, Integer.MAX_VALUE);
    private final List<WaitingRoom.Place> places = new ArrayList<>();

    private boolean admits(String issuer, boolean proven) {
        try {
            places.add(room.enter(issuer, proven, 1_000, 0));
            return true;
        } catch (BusyException busy) {
            assertThat(busy.retryAfter()).isPositive().isLessThan(Duration.ofMinutes(1));
            return false;
        }
    }

    private int fill(String issuer, boolean proven) {
        int admitted = 0;
        while (admits(issuer, proven)) {
            admitted++;
        }
        return admitted;
    }

    @Test
    void gives_one_site_of_strangers_three_eighths_whatever_its_hosts_are_called() {
        int first = 0;
        while (admits("https://a" + first + ".attacker.example", false)) {
            first++;
        }

        assertThat(memory.used()).isBetween(LIMIT / 3L, LIMIT / 8L * 3);
        assertThat(admits("https://other.example", false)).isTrue();
    }

    @Test
    void gives_strangers_a_half_one_proven_issuer_a_half_and_all_proven_ones_all_that_is_left() {
        int site = 0;
        while (fill("https://attacker" + site + ".example", false) > 0) {
            site++;
        }
        assertThat(memory.used()).isBetween(2 * LIMIT / 5L, LIMIT / 2L);

        long strangers = memory.used();
        assertThat(fill("https://tenant.example", true)).isPositive();
        assertThat(memory.used() - strangers).isBetween(2 * LIMIT / 5L, LIMIT / 2L);
        fill("https://other.example", true);
        assertThat(memory.used()).isBetween(9 * LIMIT / 10L, (long) LIMIT);
    }

    @Test
    void gives_strangers_half_of_the_connections_and_those_of_one_site_three_eighths() {
        var few = new WaitingRoom(new MemoryBudget(100L * LIMIT, 0, System::nanoTime), 40);
        int ofOneSite = 0;
        while (enters(few, "https://a.attacker.example")) {
            ofOneSite++;
        }
        int ofAll = ofOneSite;
        while (enters(few, "https://site" + ofAll + ".example")) {
            ofAll++;
        }

        assertThat(ofOneSite).isBetween(14, 15);
        assertThat(ofAll).isBetween(19, 20);
    }

    private boolean enters(WaitingRoom other, String issuer) {
        try {
            places.add(other.enter(issuer, false, 1_000, 0));
            return true;
        } catch (BusyException busy) {
            return false;
        }
    }

    @Test
    void has_the_same_room_again_when_everybody_has_left() {
        int before = fill("https://attacker.example", false);
        for (int i = 0; i < before; i++) {
            places.get(i).close();
        }

        assertThat(memory.used()).isZero();
        assertThat(fill("https://attacker.example", false)).isEqualTo(before);
    }

    @Test
    void charges_a_token_by_its_length() throws BusyException {
        long small;
        try (var _ = room.enter("https://a.example", true, 10, 0)) {
            small = memory.used();
        }
        try (var _ = room.enter("https://a.example", true, 16_010, 0)) {
            assertThat(memory.used() - small).isEqualTo(2 * 16_000L);
        }
    }
}
