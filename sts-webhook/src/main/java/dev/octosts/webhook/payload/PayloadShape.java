package dev.octosts.webhook.payload;

import java.util.LinkedHashMap;
import java.util.Map;

/** The part of a JSON document that a reader wants to have. Everything else is skipped. */
sealed interface PayloadShape {

    PayloadShape TEXT = new Text();
    PayloadShape NUMBER = new WholeNumber();
    PayloadShape FLAG = new Flag();

    /** A string of a few thousand characters at most. */
    record Text() implements PayloadShape {}

    /** A whole number. */
    record WholeNumber() implements PayloadShape {}

    /** True or false. */
    record Flag() implements PayloadShape {}

    /** These members of an object. */
    record Members(Map<String, PayloadShape> members) implements PayloadShape {
        public Members {
            members = Map.copyOf(members);
        }
    }

    /** The first elements of an array. */
    record Elements(int most, PayloadShape element) implements PayloadShape {}

    /** The first strings of an array that begin so. */
    record Texts(int most, String prefix) implements PayloadShape {}

    /** Members by name. */
    static Members members(Object... namesAndWanted) {
        var members = new LinkedHashMap<String, PayloadShape>();
        for (int i = 0; i < namesAndWanted.length; i += 2) {
            members.put((String) namesAndWanted[i], (PayloadShape) namesAndWanted[i + 1]);
        }
        return new Members(members);
    }
}
