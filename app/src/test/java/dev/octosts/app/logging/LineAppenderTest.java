package dev.octosts.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.status.Status;
import dev.octosts.sandbox.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LineAppenderTest {

    private final LoggerContext context = new LoggerContext();

    private LineAppender appender(OutputStream target) {
        var layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern("%msg%n");
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        var appender = new LineAppender(encoder, target);
        appender.setContext(context);
        appender.start();
        return appender;
    }

    private LoggingEvent event(String message) {
        return new LoggingEvent(
                LineAppenderTest.class.getName(), context.getLogger("test"), Level.INFO, message, null, null);
    }

    @Test
    void lines_of_many_threads_are_written_whole_and_each_of_them_once() throws Exception {
        var target = new ByteArrayOutputStream();
        var appender = appender(target);
        var threads = IntStream.range(0, 200)
                .mapToObj(thread -> Thread.ofVirtual().start(() -> {
                    for (int line = 0; line < 50; line++) {
                        appender.doAppend(event(thread + "/" + line));
                    }
                }))
                .toList();

        for (var thread : threads) {
            thread.join();
        }

        var expected = IntStream.range(0, 200)
                .boxed()
                .flatMap(thread -> IntStream.range(0, 50).mapToObj(line -> thread + "/" + line))
                .toList();
        assertThat(target.toString(StandardCharsets.UTF_8).lines()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void a_thread_goes_on_when_its_line_is_written_and_not_before() throws Exception {
        var mayWrite = new CountDownLatch(1);
        var target = new ByteArrayOutputStream() {
            @Override
            public void write(byte[] bytes) {
                await(mayWrite);
                writeBytes(bytes);
            }
        };
        var appender = appender(target);
        var writer = Thread.ofVirtual().start(() -> appender.doAppend(event("first")));
        var other = Thread.ofVirtual().start(() -> appender.doAppend(event("second")));
        Await.until(
                "both threads wait",
                () -> writer.getState() == Thread.State.WAITING && other.getState() == Thread.State.WAITING);
        assertThat(target.size()).isZero();

        mayWrite.countDown();
        writer.join();
        other.join();

        assertThat(target.toString(StandardCharsets.UTF_8).lines()).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void a_stream_that_fails_is_complained_of_once_and_written_to_again() {
        var written = new ByteArrayOutputStream();
        var target = new OutputStream() {
            private int lines;

            @Override
            public void write(int oneByte) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(byte[] bytes) throws IOException {
                if (++lines <= 2) {
                    throw new IOException("no space left");
                }
                written.write(bytes);
            }
        };
        var appender = appender(target);

        appender.doAppend(event("lost"));
        appender.doAppend(event("lost, too"));
        appender.doAppend(event("there is room again"));

        assertThat(written.toString(StandardCharsets.UTF_8).lines()).containsExactly("there is room again");
        assertThat(context.getStatusManager().getCopyOfStatusList())
                .filteredOn(status -> status.getLevel() == Status.ERROR)
                .hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
