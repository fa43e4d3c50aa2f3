package dev.octosts.app.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Notes variables that have no effect, so that they are not ignored silently: those that the program does not use, and
 * misspelt names.
 */
final class UnknownVariables {

    static final String PREFIX = "OCTOSTS_";
    private static final String FIRESTORE = "OCTOSTS_STICKY_STORE_FIRESTORE_";

    private static final Map<String, String> NOTICED =
            new TreeMap<>(Map.of("METRICS_PORT", "ignored: metrics are served on PORT under /metrics"));

    /** Further valid names with our prefix. */
    private static final Set<String> OTHERS = Set.of(
            "OCTOSTS_ALLOWED_ISSUERS",
            "OCTOSTS_AUDIENCE",
            CallerReader.BURST,
            CallerReader.DETAIL,
            CallerReader.RATE,
            StickyReader.PASSWORD,
            StickyReader.URL,
            StickyReader.USER,
            SettingsReader.DRAIN,
            "OCTOSTS_GUARDRAILS_FILE",
            "OCTOSTS_IDENTITY",
            "OCTOSTS_ISSUERS_FILE",
            "OCTOSTS_ISSUER_ALLOW_LOOPBACK",
            "OCTOSTS_ISSUER_ALLOW_PRIVATE",
            "OCTOSTS_JAVA_OPTS",
            "OCTOSTS_LOG_LEVEL",
            SettingsReader.MAX_CONNECTIONS,
            "OCTOSTS_PLAYGROUND",
            "OCTOSTS_QUOTA_FLOOR_HARD",
            "OCTOSTS_QUOTA_FLOOR_SOFT",
            "OCTOSTS_QUOTA_STALE",
            "OCTOSTS_READ_ONLY",
            "OCTOSTS_SCOPE",
            "OCTOSTS_SELF_PROBE",
            "OCTOSTS_SELF_PROBE_INTERVAL",
            "OCTOSTS_SELF_PROBE_TOKENS",
            "OCTOSTS_TOKEN_FILE",
            "OCTOSTS_URL",
            WebhookReader.SWEEP,
            StickyReader.STORE,
            StickyReader.TTL);

    private UnknownVariables() {}

    /** Notices for the operator, one for each variable that has no effect. */
    static List<String> check(Variables variables) {
        var notices = new ArrayList<>(AppSettings.notices(variables));
        NOTICED.forEach((name, notice) -> {
            if (variables.text(name).isPresent()) {
                notices.add(name + " is " + notice);
            }
        });
        for (String name : variables.names()) {
            if (name.startsWith(FIRESTORE)) {
                notices.add(name + " is ignored: there is no Firestore here");
            } else if (name.startsWith(PREFIX) && !isKnown(name)) {
                notices.add(misspelt(name));
            }
        }
        return notices;
    }

    private static boolean isKnown(String name) {
        return OTHERS.contains(name) || NOTICED.containsKey(name);
    }

    private static String misspelt(String name) {
        var known = new ArrayList<>(OTHERS);
        known.addAll(NOTICED.keySet());
        known.removeIf(candidate -> !candidate.startsWith(PREFIX));
        return Shown.quoted(name) + " is not a variable of this program"
                + Nearest.to(name, known)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
    }

    /** Finds the known name that a user probably meant. */
    private static final class Nearest {

        private static final int MAX_CHANGES = 6;
        private static final int MAX_LENGTH = 64;

        private Nearest() {}

        static Optional<String> to(String name, Collection<String> known) {
            if (name.length() > MAX_LENGTH) {
                return Optional.empty();
            }
            return known.stream()
                    .filter(candidate -> changes(name, candidate) <= MAX_CHANGES)
                    .min(Comparator.comparingInt((String candidate) -> changes(name, candidate))
                            .thenComparing(Comparator.naturalOrder()));
        }

        /** The edit distance (Levenshtein distance). */
        private static int changes(String one, String other) {
            int[] row = new int[other.length() + 1];
            for (int column = 0; column < row.length; column++) {
                row[column] = column;
            }
            for (int line = 1; line <= one.length(); line++) {
                int diagonal = row[0];
                row[0] = line;
                for (int column = 1; column < row.length; column++) {
                    int replaced = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                    diagonal = row[column];
                    row[column] = Math.min(replaced, 1 + Math.min(row[column], row[column - 1]));
                }
            }
            return row[other.length()];
        }
    }
}
