package dev.octosts.app.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.octosts.exchange.spi.StoreException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a chain of records is as it was written: no record changed, none missing, none inserted, none moved.
 * A person who can write the database can also write a whole new chain; only a link that was noted elsewhere shows
 * that.
 */
public final class ChainCheck {

    private final Optional<ChainLink> expected;
    private @Nullable ChainLink first;
    private @Nullable String beforeFirst;
    private @Nullable ChainLink last;
    private boolean expectedSeen;
    private long dropped;
    private String droppedHash = "";
    private long records;
    private @Nullable ChainFault finding;

    /** @param expected a link that was noted before; its day does not matter */
    private ChainCheck(Optional<ChainLink> expected) {
        this.expected = expected;
    }

    /** The result of a check. */
    public sealed interface Result {

        /**
         * Every record fits.
         *
         * @param records how many there are
         * @param end the last one; empty when there is none
         */
        record Sound(long records, Optional<ChainLink> end) implements Result {}

        /**
         * A record does not fit.
         *
         * @param finding the first one
         */
        record Broken(ChainFault finding) implements Result {}
    }

    /**
     * What does not fit.
     *
     * @param seq the place where it was found
     * @param id of the record there; empty when there is none
     * @param what is wrong
     */
    public record ChainFault(long seq, String id, String what) {}

    /**
     * Checks a whole store.
     *
     * @param expected a link that was noted before, in the log for example
     */
    public static Result of(AuditStore store, Optional<ChainLink> expected) throws StoreException {
        var check = new ChainCheck(expected);
        store.read(check::take);
        return check.result();
    }

    private boolean take(AuditStore.Stored stored) {
        Optional<String> fault = fault(stored);
        if (fault.isPresent()) {
            finding = new ChainFault(stored.link().seq(), stored.record().id(), fault.get());
            return false;
        }
        if (first == null) {
            first = stored.link();
            beforeFirst = stored.previous();
        }
        if (stored.record().kind() == AuditRecord.Kind.RETENTION) {
            readDrop(stored.record().data());
        }
        last = stored.link();
        records++;
        return true;
    }

    private Optional<String> fault(AuditStore.Stored stored) {
        ChainLink link = stored.link();
        ChainLink before = last;
        if (before != null) {
            if (link.seq() > before.seq() + 1) {
                return Optional.of(
                        "records " + (before.seq() + 1) + " to " + (link.seq() - 1) + " are missing before this one");
            }
            if (link.seq() <= before.seq()) {
                return Optional.of("it is not in its place: record " + before.seq() + " is before it");
            }
        }
        if (!ChainLink.hash(stored.previous(), link.day(), link.seq(), stored.record())
                .equals(link.hash())) {
            return Optional.of("its content or its place was changed: its hash does not fit");
        }
        String previous = before != null ? before.hash() : link.seq() == 1 ? ChainLink.BEFORE_ALL.hash() : null;
        if (previous != null && !previous.equals(stored.previous())) {
            return Optional.of("it does not follow the record before it, which was changed, inserted or moved");
        }
        if (expected.isPresent() && expected.get().seq() == link.seq()) {
            expectedSeen = true;
            if (!expected.get().hash().equals(link.hash())) {
                return Optional.of("its hash is not the one that was noted before: the chain was written anew");
            }
        }
        return Optional.empty();
    }

    private void readDrop(String data) {
        try (JsonParser json = new JsonFactory().createParser(data)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_INT && "through".equals(json.currentName())) {
                    dropped = json.getLongValue();
                } else if (token == JsonToken.VALUE_STRING && "hash".equals(json.currentName())) {
                    droppedHash = json.getText();
                }
            }
        } catch (IOException unreadable) {
            dropped = 0; // then the beginning is not explained
        }
    }

    private Result result() {
        if (finding != null) {
            return new Result.Broken(finding);
        }
        ChainLink start = first;
        if (start != null && start.seq() > 1 && !(dropped == start.seq() - 1 && droppedHash.equals(beforeFirst))) {
            return new Result.Broken(new ChainFault(
                    start.seq(),
                    "",
                    "the records before this one are missing, and no record says that they were dropped"));
        }
        if (expected.isPresent()
                && !expectedSeen
                && (start == null || expected.get().seq() >= start.seq())) {
            return new Result.Broken(new ChainFault(
                    expected.get().seq(), "", "the record that was noted before is missing at the end of the chain"));
        }
        return new Result.Sound(records, Optional.ofNullable(last));
    }
}
