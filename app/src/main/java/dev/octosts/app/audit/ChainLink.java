package dev.octosts.app.audit;

import dev.octosts.api.Sha256;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;

/**
 * The place of a record in the chain of all records. Each link has the hash of the one before it, so a record that is
 * changed, removed, inserted or moved no longer fits.
 *
 * @param day the partition, in UTC
 * @param seq counted from 1, without gaps, over all partitions
 * @param hash of the record, its place, and the link before it; SHA-256 in lower-case hexadecimal
 */
public record ChainLink(LocalDate day, long seq, String hash) {

    /** Comes before the first record of all. */
    public static final ChainLink BEFORE_ALL = new ChainLink(LocalDate.EPOCH, 0, "0".repeat(64));

    /** The link of the next record. The days of a chain never go back, whatever the clock says. */
    public ChainLink next(LocalDate today, AuditRecord record) {
        LocalDate later = today.isBefore(day) ? day : today;
        return new ChainLink(later, seq + 1, hash(hash, later, seq + 1, record));
    }

    /** The hash of a record at its place. */
    static String hash(String previous, LocalDate day, long seq, AuditRecord record) {
        byte[] place = AuditRecord.bytes(List.of(previous, day.toString(), Long.toString(seq)));
        byte[] content = record.bytes();
        return HexFormat.of()
                .formatHex(Sha256.of(ByteBuffer.allocate(place.length + content.length)
                        .put(place)
                        .put(content)
                        .array()));
    }
}
