package dev.octosts.app.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.exchange.spi.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SpoolTest {

    private static final long LIMIT = 16L << 20;

    @TempDir
    Path folder = Path.of("");

    private static List<String> drain(Spool spool) throws Exception {
        var ids = new ArrayList<String>();
        for (var batch = spool.next(Duration.ZERO); !batch.isEmpty(); batch = spool.next(Duration.ZERO)) {
            batch.forEach(record -> ids.add(record.id()));
            spool.written();
        }
        return ids;
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    @Test
    void gives_records_in_their_order_and_the_same_ones_until_the_store_has_them() throws Exception {
        try (var spool = Spool.open(folder, LIMIT)) {
            var records = IntStream.range(0, 1_234)
                    .mapToObj(number -> TestRecords.record("id-" + number))
                    .toList();
            for (var record : records) {
                spool.keep(record);
            }
            var first = spool.next(Duration.ZERO);
            assertThat(first).hasSize(StoreWriter.BATCH);
            spool.failed();
            assertThat(spool.next(Duration.ZERO)).isEqualTo(first);
            assertThat(spool.waiting()).isEqualTo(1_234);

            assertThat(drain(spool))
                    .isEqualTo(records.stream().map(AuditRecord::id).toList());
            assertThat(spool.waiting()).isZero();
            assertThat(spool.bytes()).as("a file that the store has is emptied").isZero();
        }
        assertThat(files(".spool")).isEmpty();
    }

    @Test
    void gives_the_store_many_records_at_once_when_they_come_one_by_one() throws Exception {
        try (var spool = Spool.open(folder, LIMIT)) {
            var taken = new ArrayList<Integer>();
            Thread callers = Thread.ofVirtual().start(() -> {
                for (int number = 0; number < 400; number++) {
                    spool.offer(TestRecords.record("id-" + number));
                }
            });
            while (taken.stream().mapToInt(Integer::intValue).sum() < 400) {
                int size = spool.next(Duration.ofSeconds(10)).size();
                spool.written();
                taken.add(size);
            }
            callers.join();
            assertThat(taken).hasSizeLessThan(100);
        }
    }

    @Test
    void keeps_records_for_the_next_process_also_when_this_one_closes_nothing() throws Exception {
        var killed = Spool.open(folder, LIMIT);
        for (int number = 0; number < 15_000; number++) {
            killed.keep(TestRecords.record("id-" + number));
        }
        assertThat(files(".spool")).as("more than one file").hasSizeGreaterThan(1);
        Path copy = copyOf(folder);

        try (var next = Spool.open(copy, LIMIT)) {
            assertThat(next.hasLeftovers()).isTrue();
            next.keep(TestRecords.record("new"));
            assertThat(drain(next)).hasSize(15_001).endsWith("id-14999", "new").doesNotHaveDuplicates();
            assertThat(next.hasLeftovers()).isFalse();
        }
        killed.close();
    }

    /** The lock of a process that was killed is gone; in a test it is not, so its files are copied. */
    private Path copyOf(Path original) throws IOException {
        List<Path> left = files(".spool");
        Path copy = Files.createDirectories(original.resolve("copy").resolve("0"));
        for (Path file : left) {
            Files.copy(file, copy.resolve(file.getFileName()));
        }
        return original.resolve("copy");
    }

    @Test
    void is_bounded_and_leaves_half_of_its_room_to_tokens() throws Exception {
        try (var spool = Spool.open(folder, 64 * 1024)) {
            int others = 0;
            while (spool.offer(TestRecords.record("other-" + others))) {
                others++;
            }
            assertThat(spool.bytes()).isBetween(30L * 1024, 32L * 1024);
            int tokens = 0;
            StoreException full = null;
            while (full == null) {
                try {
                    spool.keep(TestRecords.record("token-" + tokens));
                    tokens++;
                } catch (StoreException noRoom) {
                    full = noRoom;
                }
            }
            assertThat(full).hasMessage("the audit spool is full");
            assertThat(spool.bytes()).isLessThanOrEqualTo(64L * 1024);
            assertThat(drain(spool)).hasSize(others + tokens);
            spool.keep(TestRecords.record("there is room again"));
        }
    }

    @Test
    void ends_a_file_before_a_record_that_was_being_written_and_keeps_the_file() throws Exception {
        try (var spool = Spool.open(folder, LIMIT)) {
            spool.keep(TestRecords.record("whole"));
            spool.keep(TestRecords.record("torn"));
        }
        Path file = files(".spool").getFirst();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 5), StandardOpenOption.TRUNCATE_EXISTING);

        try (var spool = Spool.open(folder, LIMIT)) {
            spool.keep(TestRecords.record("next"));
            assertThat(drain(spool)).containsExactly("whole", "next");
        }
        assertThat(files(".torn")).hasSize(1);
    }

    @Test
    void processes_with_the_same_folder_do_not_meet_and_take_over_what_another_left() throws Exception {
        var one = Spool.open(folder, LIMIT);
        var other = Spool.open(folder, LIMIT);
        one.keep(TestRecords.record("one"));
        other.keep(TestRecords.record("other"));
        assertThat(drain(one)).containsExactly("one");
        one.close();
        other.close();

        try (var only = Spool.open(folder, LIMIT)) {
            assertThat(drain(only)).containsExactly("other");
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_refused_at_once() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(SpoolFolder.refused(file)).isPresent();
        assertThat(SpoolFolder.refused(folder.resolve("new/inner"))).isEmpty();
        assertThatThrownBy(() -> Spool.open(file, LIMIT)).isInstanceOf(IOException.class);
    }
}
