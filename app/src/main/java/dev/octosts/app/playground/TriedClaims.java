package dev.octosts.app.playground;

import dev.octosts.policy.Claims;
import dev.octosts.policy.Formats;
import dev.octosts.probers.JsonObjects;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Claims that a user wrote by hand, in the form in which a token would contain them. */
final class TriedClaims {

    private static final String GOOGLE = "accounts.google.com";

    private TriedClaims() {}

    /**
     * Reads a JSON object.
     *
     * @throws UnfitException when no exchange would look at a policy for such claims
     */
    @SuppressWarnings("NullAway") // it does not see the nullness of a record's type arguments in another module
    static Claims read(String text) throws UnfitException {
        JsonObject object = object(text);
        String issuer = text(object, "iss");
        if (issuer.equals(GOOGLE)) {
            issuer = "https://" + GOOGLE; // the form that the exchange gives it
        }
        if (!Formats.isIssuer(issuer)) {
            throw new UnfitException("invalid issuer format: iss must be an https address");
        }
        var all = new LinkedHashMap<String, @Nullable Object>();
        object.forEach((name, value) -> all.put(name, plain(value)));
        return new Claims(issuer, text(object, "sub"), audiences(object), all);
    }

    private static JsonObject object(String text) throws UnfitException {
        return JsonObjects.object(text).orElseThrow(() -> new UnfitException("the claims are not a JSON object"));
    }

    private static String text(JsonObject object, String name) throws UnfitException {
        if (object.get(name) instanceof JsonString text) {
            return text.getString();
        }
        throw new UnfitException(
                object.containsKey(name) ? "the claim " + name + " must be text" : "the claim " + name + " is missing");
    }

    private static List<String> audiences(JsonObject object) throws UnfitException {
        List<JsonValue> values = switch (object.get("aud")) {
            case null -> List.of();
            case JsonArray several -> several;
            case JsonValue one -> List.of(one);
        };
        var audiences = new ArrayList<String>();
        for (JsonValue value : values) {
            if (!(value instanceof JsonString text)) {
                throw new UnfitException("the claim aud must be text or a list of texts");
            }
            audiences.add(text.getString());
        }
        return audiences;
    }

    private static @Nullable Object plain(JsonValue value) {
        return switch (value) {
            case JsonString text -> text.getString();
            case JsonNumber number -> number.bigDecimalValue();
            // No rule looks inside such a value.
            case JsonArray _ -> List.of();
            case JsonObject _ -> Map.of();
            default ->
                switch (value.getValueType()) {
                    case TRUE -> true;
                    case FALSE -> false;
                    default -> null;
                };
        };
    }

    /** A token with such claims is refused before the policy is read. */
    static final class UnfitException extends Exception {

        private static final long serialVersionUID = 1L;

        private final String problem;

        UnfitException(String problem) {
            super(problem, null, false, false);
            this.problem = problem;
        }

        String problem() {
            return problem;
        }
    }
}
