package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GrantTest {
    @Test
    void is_never_empty() {
        assertThatThrownBy(() -> new Grant(new TreeMap<>(), List.of("a"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void does_not_change_when_its_source_does() {
        var permissions = new TreeMap<>(Map.of("issues", Level.READ));
        var repositories = new ArrayList<>(List.of("a"));
        var grant = new Grant(permissions, repositories);

        permissions.put("contents", Level.WRITE);
        repositories.add("b");

        assertThat(grant.permissions())
                .containsExactly(Map.entry("issues", Level.READ))
                .isUnmodifiable();
        assertThat(grant.repositories()).containsExactly("a").isUnmodifiable();
    }
}
