package dev.octosts.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.audit.AuditStore.Stored;
import dev.octosts.exchange.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of tampering shows, at the first record that does not fit. */
class ChainCheckTest {

    private static final int RECORDS = 10;

    private final MemoryAuditStore store = new MemoryAuditStore();

    @BeforeEach
    void fill() throws StoreException {
        for (int number = 1; number <= RECORDS; number++) {
            store.append(List.of(TestRecords.record("id-" + number)), false);
        }
    }

    private ChainCheck.Result check() throws StoreException {
        return ChainCheck.of(store, Optional.empty());
    }

    @Test
    void a_chain_that_nobody_touched_fits() throws StoreException {
        assertThat(check())
                .isEqualTo(new ChainCheck.Result.Sound(
                        RECORDS, Optional.of(store.rows.getLast().link())));
        assertThat(ChainCheck.of(new MemoryAuditStore(), Optional.empty()))
                .isEqualTo(new ChainCheck.Result.Sound(0, Optional.empty()));
    }

    private static Stored with(Stored row, AuditRecord record) {
        return new Stored(row.link(), row.previous(), record);
    }

    /** Does what somebody with write access would do, with every hash computed anew who thinks of it. */
    private static Stored follow(Stored before, AuditRecord record) {
        return new Stored(
                before.link().next(before.link().day(), record), before.link().hash(), record);
    }

    private static Arguments row(String name, Consumer<List<Stored>> tampering, long seq, String what) {
        return Arguments.of(Named.of(name, tampering), seq, what);
    }

    static Stream<Arguments> tampering() {
        return Stream.of(
                row(
                        "a changed record",
                        rows -> rows.set(
                                4, with(rows.get(4), TestRecords.record("id-5", TestRecords.TIME.plusSeconds(1)))),
                        5,
                        "its content or its place was changed"),
                row(
                        "a changed record with its hash",
                        rows -> rows.set(4, follow(rows.get(3), TestRecords.small("id-5"))),
                        6,
                        "does not follow the record before it"),
                row("a removed record", rows -> rows.remove(4), 6, "records 5 to 5 are missing"),
                row("several removed records", rows -> rows.subList(2, 5).clear(), 6, "records 3 to 5 are missing"),
                row(
                        "an inserted record in a place that is taken",
                        rows -> rows.add(5, follow(rows.get(3), TestRecords.small("new"))),
                        5,
                        "it is not in its place"),
                row(
                        "an inserted record in the place of the next",
                        rows -> rows.add(5, follow(rows.get(4), TestRecords.small("new"))),
                        6,
                        "it is not in its place"),
                row(
                        "two records that changed places",
                        rows -> {
                            Stored fifth = rows.get(4);
                            Stored sixth = rows.get(5);
                            rows.set(4, new Stored(fifth.link(), fifth.previous(), sixth.record()));
                            rows.set(5, new Stored(sixth.link(), sixth.previous(), fifth.record()));
                        },
                        5,
                        "its content or its place was changed"),
                row("two rows in another order", rows -> rows.add(4, rows.remove(5)), 6, "records 5 to 5 are missing"),
                row(
                        "the first records removed",
                        rows -> rows.subList(0, 3).clear(),
                        4,
                        "no record says that they were"),
                row(
                        "another hash before the first record",
                        rows -> rows.set(
                                0,
                                new Stored(
                                        rows.get(0).link(),
                                        "1".repeat(64),
                                        rows.get(0).record())),
                        1,
                        "its content or its place was changed"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tampering")
    void tampering_shows_at_the_first_record_that_does_not_fit(Consumer<List<Stored>> tampering, long seq, String what)
            throws StoreException {
        tampering.accept(store.rows);

        assertThat(check()).isInstanceOfSatisfying(ChainCheck.Result.Broken.class, broken -> {
            assertThat(broken.finding().seq()).isEqualTo(seq);
            assertThat(broken.finding().what()).contains(what);
        });
    }

    @Test
    void a_link_that_was_noted_shows_a_chain_that_was_cut_at_its_end() throws StoreException {
        ChainLink noted = store.rows.get(8).link();
        assertThat(ChainCheck.of(store, Optional.of(noted))).isInstanceOf(ChainCheck.Result.Sound.class);
        store.rows.subList(7, RECORDS).clear();
        assertThat(check()).isInstanceOf(ChainCheck.Result.Sound.class);

        assertThat(ChainCheck.of(store, Optional.of(noted)))
                .isInstanceOfSatisfying(
                        ChainCheck.Result.Broken.class,
                        broken -> assertThat(broken.finding().seq()).isEqualTo(9));
    }

    @Test
    void a_link_that_was_noted_shows_a_chain_that_was_written_anew() throws StoreException {
        ChainLink noted = store.rows.get(8).link();
        var written = new ArrayList<>(store.rows);
        store.rows.clear();
        for (Stored row : written) {
            store.append(List.of(row.link().seq() == 3 ? TestRecords.small("id-3") : row.record()), false);
        }
        assertThat(check()).isInstanceOf(ChainCheck.Result.Sound.class);

        assertThat(ChainCheck.of(store, Optional.of(noted)))
                .isInstanceOfSatisfying(
                        ChainCheck.Result.Broken.class,
                        broken -> assertThat(broken.finding().what()).contains("the chain was written anew"));
    }

    @Test
    void records_that_the_retention_dropped_are_not_missed() throws StoreException {
        store.append(List.of(AuditRecords.dropped(store.rows.get(2).link(), TestRecords.TIME)), false);
        store.rows.subList(0, 3).clear();

        assertThat(check()).isInstanceOf(ChainCheck.Result.Sound.class);
        store.rows.removeFirst();
        assertThat(check()).isInstanceOf(ChainCheck.Result.Broken.class);
    }

    @Test
    void texts_that_are_cut_in_another_place_have_another_hash() {
        var one = TestRecords.record("ab");
        var other = new AuditRecord(
                "a",
                one.at(),
                one.kind(),
                one.outcome(),
                one.target(),
                one.caller(),
                one.policy(),
                one.token(),
                one.installation(),
                one.requestId(),
                one.data());
        assertThat(ChainLink.BEFORE_ALL.next(ChainLink.BEFORE_ALL.day(), one).hash())
                .isNotEqualTo(ChainLink.BEFORE_ALL
                        .next(ChainLink.BEFORE_ALL.day(), other)
                        .hash());
        assertThat(AuditRecord.of(one.bytes())).isEqualTo(one);
        assertThat(AuditRecord.of(TestRecords.small("x").bytes())).isEqualTo(TestRecords.small("x"));
    }
}
