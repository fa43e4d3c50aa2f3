package dev.octosts.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcTextTest {

    @ParameterizedTest
    @CsvSource({
        "'unable to find trust policy for \"ci\"', 'unable to find trust policy for \"ci\"'",
        "'50% of it', '50%25 of it'",
        "'line\nline', 'line%0Aline'",
        "'für 人', 'f%C3%BCr %E4%BA%BA'",
        "'', ''",
    })
    void encodes_what_is_not_printable_ascii_and_reads_it_again(String message, String header) {
        assertThat(GrpcText.encode(message)).isEqualTo(header);
        assertThat(GrpcText.decode(header)).isEqualTo(message);
    }

    @Test
    void takes_a_percent_sign_without_digits_as_it_is() {
        assertThat(GrpcText.decode("100%, 5%2, %zz")).isEqualTo("100%, 5%2, %zz");
    }
}
