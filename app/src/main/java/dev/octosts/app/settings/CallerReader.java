package dev.octosts.app.settings;

import dev.octosts.exchange.CallerRate;
import dev.octosts.exchange.CallerSettings;
import dev.octosts.exchange.RefusalDetail;
import dev.octosts.exchange.TokenReuse;
import java.util.Locale;
import java.util.Optional;

/** Reads the settings for callers: the information that they get, and the rate at which they may ask. */
final class CallerReader {

    static final String DETAIL = "OCTOSTS_REFUSAL_DETAIL";
    static final String RATE = "OCTOSTS_CALLER_RATE";
    static final String BURST = "OCTOSTS_CALLER_BURST";
    static final String REUSE = "OCTOSTS_TOKEN_REUSE";

    private static final double LOWEST_RATE = 0.001;
    private static final double HIGHEST = 100_000;
    private static final double USUAL_BURST = 20;

    private CallerReader() {}

    static CallerSettings read(Variables variables, int connections) {
        var detail = variables.value(DETAIL, RefusalDetail.OWN, CallerReader::detail);
        Optional<Double> rate =
                variables.value(RATE, text -> number(text, LOWEST_RATE, "requests a second, such as 2"));
        Optional<Double> burst = variables.value(BURST, text -> number(text, 1, "requests at once, such as 20"));
        if (burst.isPresent() && variables.text(RATE).isEmpty()) {
            variables.refuse(BURST, "set without " + RATE + "; set both, or neither for no limit");
        }
        return new CallerSettings(
                detail,
                rate.map(perSecond -> new CallerRate(perSecond, burst.orElse(Math.max(USUAL_BURST, perSecond)))),
                variables.value(REUSE, TokenReuse.ALLOW, text -> reuse(text, StickyReader.wantsDatabase(variables))),
                connections);
    }

    private static TokenReuse reuse(String text, boolean hasDatabase) {
        return switch (text) {
            case "allow" -> TokenReuse.ALLOW;
            case "deny" -> hasDatabase ? TokenReuse.DENY_IN_DATABASE : TokenReuse.DENY_IN_MEMORY;
            default ->
                throw new IllegalArgumentException(SettingFault.quoted(text)
                        + " is not known; give allow (a token is exchanged as often as its caller likes) or deny"
                        + " (once)");
        };
    }

    private static RefusalDetail detail(String text) {
        for (var detail : RefusalDetail.values()) {
            if (detail.name().toLowerCase(Locale.ROOT).equals(text)) {
                return detail;
            }
        }
        throw new IllegalArgumentException(
                SettingFault.quoted(text) + " is not known; give own (callers with standing get details), all or none");
    }

    private static double number(String text, double least, String what) {
        if (text.matches("[0-9]{1,6}(\\.[0-9]{1,3})?")) {
            double number = Double.parseDouble(text);
            if (number >= least && number <= HIGHEST) {
                return number;
            }
        }
        throw new IllegalArgumentException(SettingFault.quoted(text) + " is not a number of " + what);
    }
}
