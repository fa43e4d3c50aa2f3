package dev.octosts.exchange.issuer;

import static dev.octosts.exchange.bearer.TestServer.answer;
import static dev.octosts.exchange.bearer.TestServer.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.bearer.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How much of an answer is read, also of one that is compressed. */
@Timeout(30)
class IssuerClientLimitsTest {
    private static final String DOCUMENT = "{\"issuer\":\"https://issuer.example\"}";

    private IssuerClientFixture world;
    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        world = new IssuerClientFixture();
        server = world.server;
    }

    @AfterEach
    void stop() throws IOException {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"102400,true", "102401,false", "10000000,false"})
    void reads_at_most_100_kib(int size, boolean read) throws IssuerException {
        server.page("/doc", answer(200, "x".repeat(size)));
        server.page("/chunked", (_, answer) -> {
            write(answer, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
            write(answer, Integer.toHexString(size) + "\r\n" + "x".repeat(size) + "\r\n0\r\n\r\n");
        });
        server.page("/unannounced", (_, answer) -> write(answer, "HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(size)));
        for (String path : List.of("/doc", "/chunked", "/unannounced")) {
            if (read) {
                assertThat(world.fetch(path)).hasSize(size);
            } else {
                world.assertFinal(path);
            }
        }
    }

    @Test
    void reads_a_header_line_of_16_kb() throws IssuerException {
        server.page("/doc", answer(200, "{}", "Content-Security-Policy: " + "x".repeat(16_000)));

        assertThat(world.fetch("/doc")).isEqualTo("{}");
    }

    static Stream<Arguments> encodings() throws IOException {
        return Stream.of(
                Arguments.of("gzip", compressed(GZIPOutputStream::new, DOCUMENT)),
                Arguments.of("X-GZIP", compressed(GZIPOutputStream::new, DOCUMENT)),
                Arguments.of("deflate", compressed(DeflaterOutputStream::new, DOCUMENT)),
                Arguments.of("deflate", compressed(IssuerClientLimitsTest::withoutHeader, DOCUMENT)),
                Arguments.of("identity", DOCUMENT));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void reads_what_comes_encoded_although_nobody_asked(String encoding, String body) throws IssuerException {
        server.page("/doc", answer(200, body, "Content-Encoding: " + encoding));

        assertThat(world.fetch("/doc")).isEqualTo(DOCUMENT);
    }

    static Stream<Arguments> bombs() throws IOException {
        String many = " ".repeat(30_000_000);
        String empty = compressed(GZIPOutputStream::new, "");
        return Stream.of(
                Arguments.of("gzip", compressed(GZIPOutputStream::new, many)),
                Arguments.of("deflate", compressed(DeflaterOutputStream::new, many)),
                Arguments.of("deflate", compressed(IssuerClientLimitsTest::withoutHeader, many)),
                Arguments.of("gzip", empty.repeat(6_000)),
                Arguments.of("gzip", "not compressed"),
                Arguments.of("br", "{}"),
                Arguments.of("gzip, gzip", "{}"));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void refuses_what_does_not_end_within_the_limit_or_cannot_be_read(String encoding, String body) {
        server.page("/doc", answer(200, body, "Content-Encoding: " + encoding));

        world.assertFinal("/doc");
    }

    private interface Compression {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static OutputStream withoutHeader(OutputStream out) {
        return new DeflaterOutputStream(out, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
    }

    private static String compressed(Compression compression, String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = compression.over(bytes)) {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void does_not_read_endless_headers() {
        String[] lines = new String[20];
        Arrays.setAll(lines, i -> "X-Line-" + i + ": " + "x".repeat(8_000));
        server.page("/sum", answer(200, "{}", lines));
        world.assertFinal("/sum");
        server.page("/long", answer(200, "{}", "X-Long: " + "x".repeat(20_000)));
        server.page("/many", answer(200, "{}", "X-Many: x\r\n".repeat(499) + "X-Many: x"));

        world.assertFinal("/long");
        world.assertFinal("/many");
    }
}
