package dev.octosts.operators.http;

import dev.octosts.operators.spi.AuditField;
import dev.octosts.operators.spi.AuditFilter;
import dev.octosts.operators.spi.AuditPlace;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A search for records, as an address has it.
 *
 * @param filter which records
 * @param behind where to go on; empty for the newest
 * @param limit how many at most
 */
public record AuditQuery(AuditFilter filter, Optional<AuditPlace> behind, int limit) {

    /** The parameter with the place to go on behind. */
    public static final String BEHIND = "before";

    /** As many records as a page has at most. */
    public static final int MOST = 500;

    private static final int USUAL = 100;

    /** As long as the value of a filter may be. */
    public static final int LONGEST = 1_100;

    /** Reads the parameters of a program's call: what {@code to} names is left out, also when it is a day. */
    public static AuditQuery of(OperatorCall call) {
        return of(call, time(call, "to", false));
    }

    /** Reads the parameters of a person's call: a day in {@code to} means its end. */
    public static AuditQuery ofPerson(OperatorCall call) {
        return of(call, time(call, "to", true));
    }

    private static AuditQuery of(OperatorCall call, Optional<Instant> to) {
        var fields = new EnumMap<AuditField, String>(AuditField.class);
        for (AuditField field : AuditField.values()) {
            call.parameter(field.wireName()).ifPresent(text -> fields.put(field, checked(field, text)));
        }
        return new AuditQuery(
                new AuditFilter(call.operator().views(), fields, time(call, "from", false), to),
                call.parameter(BEHIND)
                        .map(text -> AuditPlace.read(text)
                                .orElseThrow(() -> CallRefused.invalid(
                                        "{before} is not a place in the chain, such as 20261130-4711"))),
                limit(call, USUAL, MOST));
    }

    /** The parameter {@code limit}. */
    public static int limit(OperatorCall call, int usual, int most) {
        return number(call, "limit", usual, most);
    }

    /** A number from 1 to a limit. */
    public static int number(OperatorCall call, String name, int usual, int most) {
        return call.parameter(name)
                .map(text -> {
                    int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
                    if (number < 1 || number > most) {
                        throw CallRefused.invalid("{" + name + "} is a number from 1 to " + most);
                    }
                    return number;
                })
                .orElse(usual);
    }

    private static String checked(AuditField field, String text) {
        if (text.length() > LONGEST) {
            throw CallRefused.invalid("{" + field.wireName() + "} is longer than any value of it");
        }
        if (text.indexOf('\0') >= 0) {
            throw CallRefused.invalid("{" + field.wireName() + "} has a character that no value of it has");
        }
        return switch (field) {
            case OWNER, REPOSITORY, TOKEN, KIND, OUTCOME -> text.toLowerCase(Locale.ROOT);
            case IDENTITY, ISSUER, SUBJECT, POLICY, REQUEST -> text;
        };
    }

    private static Optional<Instant> time(OperatorCall call, String name, boolean isEndOfDay) {
        return call.parameter(name).map(text -> {
            try {
                Instant time = text.length() == "2026-11-30".length()
                        ? LocalDate.parse(text)
                                .plusDays(isEndOfDay ? 1 : 0)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant()
                        : Instant.parse(text.length() == "2026-11-30T02:00".length() ? text + ":00Z" : text);
                int year = time.atOffset(ZoneOffset.UTC).getYear();
                if (year >= 1970 && year <= 9999) {
                    return time;
                }
            } catch (DateTimeException _) {
                // said below
            }
            throw CallRefused.invalid(
                    "{" + name + "} is a day or a time in UTC, such as 2026-11-30 or 2026-11-30T02:00:00Z");
        });
    }

    /** The search as parameters of an address, without the place to go on behind. */
    public Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        for (AuditField field : AuditField.values()) {
            parameters.put(field.wireName(), filter.fields().getOrDefault(field, ""));
        }
        parameters.put("from", filter.from().map(Instant::toString).orElse(""));
        parameters.put("to", filter.to().map(Instant::toString).orElse(""));
        return parameters;
    }
}
