package dev.octosts.probers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class IdentityTokenTest {

    @Test
    void is_not_shown() {
        assertThat(new IdentityToken("e30.e30.c2ln")).hasToString("IdentityToken[***]");
    }

    @Test
    void is_not_shown_when_it_cannot_be_sent() {
        assertThatThrownBy(() -> new IdentityToken("e30\r\nX-Other: 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("e30");
    }
}
