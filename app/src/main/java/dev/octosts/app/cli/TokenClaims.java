package dev.octosts.app.cli;

import dev.octosts.policy.Claims;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The claims of a token as policies see them, with the names and forms that the service would give them. */
public final class TokenClaims {

    private static final String GOOGLE = "accounts.google.com";

    private TokenClaims() {}

    /**
     * The claims of a token's payload; empty when the issuer or the subject is not a text: the service accepts no such
     * token.
     */
    @SuppressWarnings("NullAway") // it does not see the nullness of a record's type arguments in another module
    public static Optional<Claims> of(JsonObject payload) {
        if (!(payload.get("iss") instanceof JsonString issuer) || !(payload.get("sub") instanceof JsonString subject)) {
            return Optional.empty();
        }
        var name = issuer.getString();
        return Optional.of(new Claims(
                name.equals(GOOGLE) ? "https://" + GOOGLE : name,
                subject.getString(),
                audiences(payload.get("aud")),
                map(payload)));
    }

    private static List<String> audiences(@Nullable JsonValue value) {
        return switch (value) {
            case JsonString one -> List.of(one.getString());
            case JsonArray several ->
                several.stream()
                        .filter(JsonString.class::isInstance)
                        .map(audience -> ((JsonString) audience).getString())
                        .toList();
            case null, default -> List.of();
        };
    }

    private static Map<String, @Nullable Object> map(JsonObject object) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        object.forEach((name, value) -> map.put(name, plain(value)));
        return map;
    }

    private static @Nullable Object plain(JsonValue value) {
        return switch (value) {
            case JsonString text -> text.getString();
            case JsonNumber number -> number.bigDecimalValue();
            case JsonObject object -> map(object);
            case JsonArray array -> array.stream().map(TokenClaims::plain).toList();
            default ->
                switch (value.getValueType()) {
                    case TRUE -> true;
                    case FALSE -> false;
                    default -> null;
                };
        };
    }
}
