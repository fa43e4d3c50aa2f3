package dev.octosts.operators.spi;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The place of a record in the chain. It names the record, and is the cursor behind which a search goes on.
 *
 * @param day of the commit
 * @param seq its number
 */
public record AuditPlace(LocalDate day, long seq) {

    private static final Pattern FORM = Pattern.compile("([0-9]{8})-([1-9][0-9]{0,17})");

    /** Reads {@link #toString}; empty when a text is no place. */
    public static Optional<AuditPlace> read(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AuditPlace(
                    LocalDate.parse(form.group(1), DateTimeFormatter.BASIC_ISO_DATE), Long.parseLong(form.group(2))));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return day.format(DateTimeFormatter.BASIC_ISO_DATE) + "-" + seq;
    }
}
