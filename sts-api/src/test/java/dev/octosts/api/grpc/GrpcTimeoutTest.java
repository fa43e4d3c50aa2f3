package dev.octosts.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcTimeoutTest {

    @ParameterizedTest
    @CsvSource({
        "1H,PT1H",
        "2M,PT2M",
        "3S,PT3S",
        "4m,PT0.004S",
        "5u,PT0.000005S",
        "6n,PT0.000000006S",
        "99999999H,PT99999999H"
    })
    void reads_every_unit(String header, Duration time) throws GrpcFault {
        assertThat(GrpcTimeout.read(header)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "S", "-1S", "1.5S", "123456789S", "1s", "1S "})
    void refuses_every_other_form(String header) {
        assertThatThrownBy(() -> GrpcTimeout.read(header)).hasMessageStartingWith("malformed grpc-timeout");
    }

    @Test
    void writes_what_it_reads() throws GrpcFault {
        assertThat(GrpcTimeout.read(GrpcTimeout.write(Duration.ofSeconds(15)))).isEqualTo(Duration.ofSeconds(15));
        assertThat(GrpcTimeout.write(Duration.ZERO)).isEqualTo("1m");
        assertThat(GrpcTimeout.write(Duration.ofDays(10_000))).hasSize(9);
    }
}
