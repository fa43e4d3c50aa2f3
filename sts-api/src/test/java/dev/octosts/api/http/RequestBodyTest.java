package dev.octosts.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class RequestBodyTest {

    @Test
    void is_read_up_to_its_limit() throws InvalidRequestException {
        assertThat(RequestBody.read(new ByteArrayInputStream(new byte[RequestBody.MAXIMUM_BYTES])))
                .hasSize(RequestBody.MAXIMUM_BYTES);
    }

    @Test
    void is_refused_beyond_it() {
        assertThatThrownBy(() -> RequestBody.read(new ByteArrayInputStream(new byte[RequestBody.MAXIMUM_BYTES + 1])))
                .isInstanceOf(InvalidRequestException.TooLarge.class)
                .hasMessageContaining("at most 65536 bytes");
    }

    @Test
    void that_ends_early_is_the_callers_fault() throws IOException {
        InputStream cut = InputStream.nullInputStream();
        cut.close();

        assertThatThrownBy(() -> RequestBody.read(cut))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("ends early");
    }
}
