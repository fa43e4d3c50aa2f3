package dev.octosts.app.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;

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

    /** The hash of a record at its place. Each part is preceded by its length, so that no two records look the same. */
    static String hash(String previous, LocalDate day, long seq, AuditRecord record) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
        update(digest, previous);
        update(digest, day.toString());
        update(digest, Long.toString(seq));
        record.texts().forEach(text -> update(digest, text));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        digest.update(bytes);
    }
}
