package dev.octosts.webhook.payload;

import java.util.LinkedHashMap;
import java.util.Map;

/** The part of a JSON document that a reader wants to have. Everything else is skipped. */
sealed interface Wanted {

    Wanted TEXT = new Text();
    Wanted NUMBER = new WholeNumber();
    Wanted FLAG = new Flag();

    /** A string of a few thousand characters at most. */
    record Text() implements Wanted {}

    /** A whole number. */
    record WholeNumber() implements Wanted {}

    /** True or false. */
    record Flag() implements Wanted {}

    /** These members of an object. */
    record Members(Map<String, Wanted> members) implements Wanted {
        public Members {
            members = Map.copyOf(members);
        }
    }

    /** The first elements of an array. */
    record Elements(int most, Wanted element) implements Wanted {}

    /** The first strings of an array that begin so. */
    record Texts(int most, String prefix) implements Wanted {}

    /** Members by name. */
    static Members members(Object... namesAndWanted) {
        var members = new LinkedHashMap<String, Wanted>();
        for (int i = 0; i < namesAndWanted.length; i += 2) {
            members.put((String) namesAndWanted[i], (Wanted) namesAndWanted[i + 1]);
        }
        return new Members(members);
    }
}
