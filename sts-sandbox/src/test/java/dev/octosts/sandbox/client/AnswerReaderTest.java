package dev.octosts.sandbox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

    private static AnswerReader of(String text) {
        return new AnswerReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void reads_one_answer_after_the_other() throws IOException {
        var reader = of("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello"
                + "HTTP/1.1 204 No Content\r\n\r\n"
                + "HTTP/1.1 404 Not Found\r\nContent-Length:  2 \r\nOther: x\r\n\r\n{}");
        var first = reader.read();
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.text()).isEqualTo("hello");
        assertThat(reader.read().status()).isEqualTo(204);
        var last = reader.read();
        assertThat(last.status()).isEqualTo(404);
        assertThat(last.text()).isEqualTo("{}");
        assertThatThrownBy(reader::read).isInstanceOf(EOFException.class);
    }

    @Test
    void reads_chunks() throws IOException {
        var chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        var chunks = "5;x=y\r\nhello\r\nA\r\n, sandbox!\r\n0\r\nTrailer: x\r\n\r\n";
        var next = "HTTP/1.1 204 No Content\r\n\r\n";
        var reader = of(chunked + chunks + next);
        assertThat(reader.read().text()).isEqualTo("hello, sandbox!");
        assertThat(reader.read().status()).isEqualTo(204);
    }

    @Test
    void reads_what_comes_byte_by_byte() throws IOException {
        var bytes = new ByteArrayInputStream(
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".getBytes(StandardCharsets.US_ASCII));
        var slow = new InputStream() {
            @Override
            public int read() {
                return bytes.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                return bytes.read(into, offset, Math.min(1, length));
            }
        };
        assertThat(new AnswerReader(slow).read().text()).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 200 OK\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFF\r\n",
            })
    void refuses(String answer) {
        assertThatThrownBy(() -> of(answer).read()).isInstanceOf(ProtocolException.class);
    }

    @Test
    void refuses_a_line_without_an_end() {
        assertThatThrownBy(() -> of("HTTP/1.1 200 " + "x".repeat(20_000)).read())
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void does_not_take_half_a_body_for_a_whole_one() {
        assertThatThrownBy(() ->
                        of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel").read())
                .isInstanceOf(EOFException.class);
    }
}
