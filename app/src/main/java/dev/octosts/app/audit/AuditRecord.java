package dev.octosts.app.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One record of the audit store. Its texts have no control characters in them and are bounded, so that every database
 * takes them and gives them back unchanged.
 *
 * @param id unique among all records
 * @param at when it happened, to the microsecond
 * @param kind what happened
 * @param outcome how it ended; empty when it cannot end in several ways
 * @param target what it was about
 * @param caller who did it
 * @param policy the policy that decided
 * @param token the token that was granted or ended
 * @param installation the installation of the App; 0 when there is none
 * @param requestId the id that the caller got; empty when there was no request
 * @param data everything else, a JSON object
 */
public record AuditRecord(
        String id,
        Instant at,
        Kind kind,
        String outcome,
        RecordedTarget target,
        RecordedCaller caller,
        Policy policy,
        RecordedToken token,
        long installation,
        String requestId,
        String data) {

    private static final long MICROS = 1_000_000;
    private static final int TEXTS = 16;

    public AuditRecord {
        at = at.truncatedTo(ChronoUnit.MICROS);
    }

    /** What a record is about. */
    public enum Kind {
        /** An exchange: granted, refused or failed. */
        EXCHANGE,
        /** A policy came into force, changed, or is no longer in force. */
        POLICY,
        /** A policy was reviewed. */
        REVIEW,
        /** A token was revoked by its holder. */
        REVOCATION,
        /** An App's key changed. */
        KEY,
        /** An operator did something, such as adding a deny rule. */
        OPERATOR,
        /** Old records were dropped. */
        RETENTION,
        /** Records of exchanges without a token could not be kept. */
        LOSS;

        /** The name in the database. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Reads {@link #wireName}. */
        public static Kind of(String wireName) {
            return valueOf(wireName.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * What a record is about.
     *
     * @param owner the account, in lower case; empty when there is none
     * @param repository the bare name, in lower case; empty for the whole account
     * @param identity the name of a policy
     */
    public record RecordedTarget(String owner, String repository, String identity) {

        /** Nothing of GitHub. */
        public static final RecordedTarget NONE = new RecordedTarget("", "", "");

        /** The target of a request. */
        static RecordedTarget of(String scope, String identity) {
            String lower = scope.toLowerCase(Locale.ROOT);
            int slash = lower.indexOf('/');
            return slash < 0
                    ? new RecordedTarget(lower, "", identity)
                    : new RecordedTarget(lower.substring(0, slash), lower.substring(slash + 1), identity);
        }
    }

    /**
     * Who did it.
     *
     * @param issuer the verified issuer; empty for an operator, and when nothing was verified
     * @param subject the verified subject, or the operator
     */
    public record RecordedCaller(String issuer, String subject) {

        /** Nobody who is known. */
        public static final RecordedCaller UNKNOWN = new RecordedCaller("", "");
    }

    /**
     * A version of a policy.
     *
     * @param path owner, repository and path
     * @param blob git's id of the content
     */
    public record Policy(String path, String blob) {

        /** No policy. */
        public static final Policy NONE = new Policy("", "");
    }

    /**
     * A token.
     *
     * @param sha256 its digest in lower-case hexadecimal
     * @param expiresAt when GitHub stops accepting it
     */
    public record RecordedToken(String sha256, Optional<Instant> expiresAt) {

        /** No token. */
        public static final RecordedToken NONE = new RecordedToken("", Optional.empty());

        public RecordedToken {
            expiresAt = expiresAt.map(end -> end.truncatedTo(ChronoUnit.MICROS));
        }
    }

    /** An id that no other record has. It is not secret. */
    public static String newId() {
        var random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /**
     * Every part: what the hash covers, and what the spool contains. Each is preceded by its length, so that no two
     * records look the same.
     */
    byte[] bytes() {
        return bytes(0, texts());
    }

    /** The same after so many bytes that are 0: a place for the caller's own. */
    byte[] bytesAfter(int head) {
        return bytes(head, texts());
    }

    /** Every part as text, in a fixed order. */
    List<String> texts() {
        return List.of(
                id,
                micros(at),
                kind.wireName(),
                outcome,
                target.owner(),
                target.repository(),
                target.identity(),
                caller.issuer(),
                caller.subject(),
                policy.path(),
                policy.blob(),
                token.sha256(),
                token.expiresAt().map(AuditRecord::micros).orElse(""),
                Long.toString(installation),
                requestId,
                data);
    }

    /** Texts in UTF-8, each of them preceded by its length. */
    static byte[] bytes(List<String> texts) {
        return bytes(0, texts);
    }

    private static byte[] bytes(int head, List<String> texts) {
        var parts = new byte[texts.size()][];
        int length = head;
        for (int at = 0; at < parts.length; at++) {
            parts[at] = texts.get(at).getBytes(StandardCharsets.UTF_8);
            length += Integer.BYTES + parts[at].length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).position(head);
        for (byte[] part : parts) {
            bytes.putInt(part.length).put(part);
        }
        return bytes.array();
    }

    /**
     * Reads {@link #bytes}.
     *
     * @throws IllegalArgumentException when they are not those of a record
     */
    static AuditRecord of(byte[] bytes) {
        List<String> texts = texts(bytes);
        if (texts.size() != TEXTS) {
            throw new IllegalArgumentException("a record has " + TEXTS + " parts");
        }
        return new AuditRecord(
                texts.get(0),
                instant(texts.get(1)),
                Kind.of(texts.get(2)),
                texts.get(3),
                new RecordedTarget(texts.get(4), texts.get(5), texts.get(6)),
                new RecordedCaller(texts.get(7), texts.get(8)),
                new Policy(texts.get(9), texts.get(10)),
                new RecordedToken(
                        texts.get(11),
                        texts.get(12).isEmpty() ? Optional.empty() : Optional.of(instant(texts.get(12)))),
                Long.parseLong(texts.get(13)),
                texts.get(14),
                texts.get(15));
    }

    private static List<String> texts(byte[] content) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        var texts = new ArrayList<String>(TEXTS);
        while (bytes.hasRemaining()) {
            int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                throw new IllegalArgumentException("a part is longer than its record");
            }
            texts.add(new String(content, bytes.position(), length, StandardCharsets.UTF_8));
            bytes.position(bytes.position() + length);
        }
        return texts;
    }

    private static String micros(Instant time) {
        return Long.toString(Math.addExact(Math.multiplyExact(time.getEpochSecond(), MICROS), time.getNano() / 1_000));
    }

    private static Instant instant(String micros) {
        long all = Long.parseLong(micros);
        return Instant.ofEpochSecond(Math.floorDiv(all, MICROS), Math.floorMod(all, MICROS) * 1_000);
    }
}
