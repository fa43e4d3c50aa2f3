package dev.octosts.app.settings;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads values in the forms of Go's standard library, because existing environment files use them.
 *
 * @see <a href="https://pkg.go.dev/time#ParseDuration">time.ParseDuration</a>
 * @see <a href="https://pkg.go.dev/strconv#ParseBool">strconv.ParseBool</a>
 */
public final class GoValues {

    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    private static final int MAX_DURATION_TEXT = 64;
    private static final String PART = "([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)";
    private static final Pattern DURATION = Pattern.compile("[+-]?(?:" + PART + ")+");
    private static final Pattern DURATION_PART = Pattern.compile(PART);
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "μs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private GoValues() {}

    /** Reads a boolean; any text but Go's twelve spellings is refused. */
    static boolean bool(String text) {
        if (TRUE.contains(text)) {
            return true;
        }
        if (FALSE.contains(text)) {
            return false;
        }
        throw new IllegalArgumentException(SettingFault.quoted(text) + " is not a boolean; give true or false");
    }

    /** Reads a duration such as {@code 1h30m5.5s}; a number without a unit is refused, except for 0. */
    public static Duration duration(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (text.length() > MAX_DURATION_TEXT || !DURATION.matcher(text).matches()) {
            throw notADuration(text);
        }
        var nanos = BigDecimal.ZERO;
        Matcher parts = DURATION_PART.matcher(text);
        while (parts.find()) {
            var unit = BigDecimal.valueOf(NANOS.getOrDefault(parts.group(2), 0L));
            nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(unit));
        }
        try {
            long whole = nanos.setScale(0, RoundingMode.DOWN).longValueExact();
            return Duration.ofNanos(text.startsWith("-") ? -whole : whole);
        } catch (ArithmeticException _) {
            throw notADuration(text);
        }
    }

    private static IllegalArgumentException notADuration(String text) {
        return new IllegalArgumentException(
                SettingFault.quoted(text) + " is not a duration; give a number with a unit, such as 5m or 1h30m");
    }
}
