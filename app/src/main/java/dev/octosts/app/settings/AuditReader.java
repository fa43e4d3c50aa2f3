package dev.octosts.app.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the settings for the store of exchanges. */
final class AuditReader {

    static final String MODE = "OCTOSTS_AUDIT";
    static final String RETENTION = "OCTOSTS_AUDIT_RETENTION";
    static final String SPOOL = "OCTOSTS_AUDIT_SPOOL";
    static final String SPOOL_SIZE = "OCTOSTS_AUDIT_SPOOL_SIZE";

    private static final Duration SHORTEST = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final Pattern DAYS = Pattern.compile("([0-9]{1,4})d");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,6})(KiB|MiB|GiB)");
    private static final Map<String, Long> UNITS = Map.of("KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final long SMALLEST = 1L << 20;
    private static final long LARGEST = 64L << 30;
    private static final long USUAL = 256L << 20;

    private AuditReader() {}

    /** @param hasDatabase whether there is a place for the records */
    static AuditSettings read(Variables variables, boolean hasDatabase, KeySources sources) {
        var usual = hasDatabase ? AuditSettings.AuditMode.ASYNC : AuditSettings.AuditMode.OFF;
        var mode = variables.value(MODE, usual, text -> mode(text, hasDatabase));
        return new AuditSettings(
                mode,
                variables.value(RETENTION, AuditReader::retention),
                variables
                        .value(SPOOL, AuditReader::folder)
                        .orElseGet(() -> StickyReader.stateFolder(variables).resolve("audit-spool")),
                variables.value(SPOOL_SIZE, USUAL, AuditReader::size),
                UsageReader.retention(variables),
                RevocationSettings.sealing(variables, sources, mode != AuditSettings.AuditMode.OFF));
    }

    private static AuditSettings.AuditMode mode(String text, boolean hasDatabase) {
        AuditSettings.AuditMode mode = switch (text) {
            case "off" -> AuditSettings.AuditMode.OFF;
            case "async" -> AuditSettings.AuditMode.ASYNC;
            case "durable" -> AuditSettings.AuditMode.DURABLE;
            default ->
                throw new IllegalArgumentException(SettingFault.quoted(text)
                        + " is not known; give durable (no token leaves before its record is committed), async (no"
                        + " token leaves before its record is on disk) or off");
        };
        if (mode != AuditSettings.AuditMode.OFF && !hasDatabase) {
            throw new IllegalArgumentException(
                    SettingFault.quoted(text) + " needs a database; set " + StickyReader.URL + ", or remove this");
        }
        return mode;
    }

    /** A time from a day to ten years. */
    static Duration retention(String text) {
        Matcher days = DAYS.matcher(text);
        Duration duration = days.matches() ? Duration.ofDays(Long.parseLong(days.group(1))) : GoValues.duration(text);
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    SettingFault.quoted(text) + " is not from 1d to 3650d; give a time such as 400d or 9600h");
        }
        return duration;
    }

    private static Path folder(String text) {
        try {
            Path folder = Path.of(text);
            if (folder.isAbsolute()) {
                return folder;
            }
        } catch (InvalidPathException _) {
            // said below
        }
        throw new IllegalArgumentException(
                SettingFault.quoted(text) + " is not a folder; give an absolute path such as /var/lib/octo-sts/spool");
    }

    private static Long size(String text) {
        Matcher size = SIZE.matcher(text);
        long bytes = size.matches() ? Long.parseLong(size.group(1)) * UNITS.getOrDefault(size.group(2), 0L) : 0;
        if (bytes < SMALLEST || bytes > LARGEST) {
            throw new IllegalArgumentException(
                    SettingFault.quoted(text) + " is not a size from 1MiB to 64GiB; give one such as 256MiB");
        }
        return bytes;
    }
}
