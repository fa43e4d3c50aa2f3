package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimsTest {
    @Test
    void do_not_change_when_their_source_does() {
        var audiences = new ArrayList<>(List.of("a"));
        var all = new HashMap<String, Object>(Map.of("x", "1"));
        var claims = new Claims("iss", "sub", audiences, all);

        audiences.add("b");
        all.put("y", "2");

        assertThat(claims.audiences()).containsExactly("a").isUnmodifiable();
        assertThat(claims.all()).isEqualTo(Map.of("x", "1")).isUnmodifiable();
    }
}
