package dev.octosts.app.settings;

import dev.octosts.exchange.QuotaSettings;
import dev.octosts.exchange.ReadTokenUse;
import java.time.Duration;

/** Reads how Apps are chosen by their remaining requests. */
final class QuotaReader {

    private static final String SOFT_FLOOR = "OCTOSTS_QUOTA_FLOOR_SOFT";
    private static final String HARD_FLOOR = "OCTOSTS_QUOTA_FLOOR_HARD";
    private static final String STALE = "OCTOSTS_QUOTA_STALE";

    private QuotaReader() {}

    /** Reads the variables. */
    static QuotaSettings read(Variables variables) {
        long soft = variables.value(SOFT_FLOOR, 5000L, QuotaReader::floor);
        long hard = variables.value(HARD_FLOOR, 1500L, QuotaReader::floor);
        if (soft < hard) {
            variables.refuse(SOFT_FLOOR, soft + " is below " + HARD_FLOOR + " (" + hard + "); give at least that");
        }
        return new QuotaSettings(soft, hard, variables.value(STALE, Duration.ofMinutes(5), QuotaReader::positive));
    }

    private static Long floor(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(
                    SettingFault.quoted(text) + " is not a number of requests; give 0 or more");
        }
        return Long.valueOf(text);
    }

    private static Duration positive(String text) {
        var duration = GoValues.duration(text);
        if (!duration.isPositive()) {
            throw new IllegalArgumentException(SettingFault.quoted(text) + " is not positive; give a time such as 5m");
        }
        return duration;
    }

    /** The tokens with which policies are read. */
    static ReadTokenUse readTokens(Variables variables) {
        return variables.value("OCTOSTS_READ_TOKENS", ReadTokenUse.REPOSITORY, text -> switch (text) {
            case "repository" -> ReadTokenUse.REPOSITORY;
            case "shared" -> ReadTokenUse.SHARED;
            default ->
                throw new IllegalArgumentException(SettingFault.quoted(text)
                        + " is not known; give repository (a token for each read, revoked after it) or shared"
                        + " (one for each installation, kept for up to an hour)");
        });
    }
}
