package dev.octosts.exchange.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.issuer.LoadSeats.Group;
import dev.octosts.exchange.issuer.LoadSeats.Seat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadSeatsTest {
    private final LoadSeats seats = new LoadSeats();
    private final List<Seat> taken = new ArrayList<>();

    private boolean takes(String issuer, Group group) {
        Optional<Seat> seat = seats.take(issuer, group);
        seat.ifPresent(taken::add);
        return seat.isPresent();
    }

    @ParameterizedTest
    @EnumSource(
            value = Group.class,
            names = {"NEW", "IN_USE"})
    void are_few_for_the_strangers_of_one_site(Group group) {
        int hosts = 0;
        while (takes("https://h" + hosts + ".attacker.example/" + hosts, group)) {
            hosts++;
        }

        assertThat(hosts).isEqualTo(8);
        assertThat(takes("https://newcomer.example", group)).isTrue();
    }

    @Test
    void are_limited_for_all_strangers_and_kept_for_proven_issuers() {
        int strangers = 0;
        while (takes("https://attacker" + strangers + ".example", Group.NEW)) {
            strangers++;
        }
        int proven = 0;
        while (takes("https://tenant.example/" + proven, Group.PROVEN)) {
            proven++;
        }

        assertThat(strangers).isEqualTo(64);
        assertThat(proven).isEqualTo(64);
        assertThat(takes("https://attacker1.example", Group.IN_USE)).isTrue();
    }

    @Test
    void are_free_again_when_they_are_left() {
        int count = 0;
        while (takes("https://attacker.example", Group.NEW)) {
            count++;
        }
        assertThat(count).isEqualTo(taken.size());
        taken.removeFirst().close();

        assertThat(takes("https://attacker.example", Group.NEW)).isTrue();
        assertThat(takes("https://attacker.example", Group.NEW)).isFalse();
    }
}
