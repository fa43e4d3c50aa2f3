package dev.octosts.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpectationsTest {

    @Test
    void remember_what_was_not_met() {
        var expectations = new Expectations();
        assertThat(expectations.expect("status", 200, 200)).isTrue();
        assertThat(expectations.expectStart("token", "ghs_", "ghs_1")).isTrue();
        assertThat(expectations.failures()).isEmpty();
        assertThat(expectations.expect("status", 200, 403)).isFalse();
        assertThat(expectations.expectStart("message", "trust", "no")).isFalse();
        assertThat(expectations.count()).isEqualTo(4);
        assertThat(expectations.failures())
                .containsExactly("status: expected 200, got 403", "message: expected trust, got no");
    }
}
