package dev.octosts.api.http;

import dev.octosts.api.RequestedGrant;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The parameters of an exchange, collected from the query, a form and JSON. Unknown ones are ignored; {@code aud} and
 * {@code cap} are accepted and not used.
 */
final class ExchangeParameters {

    private static final String PERMISSIONS = "permissions";
    private static final String REPOSITORIES = "repositories";

    // A factory, because the static methods of Json look the provider up at every call.
    private static final JsonParserFactory JSON = Json.createParserFactory(Map.of());

    private final List<String> scope = new ArrayList<>();
    private final List<String> scopes = new ArrayList<>();
    private final List<String> identity = new ArrayList<>();
    private final List<String> identityProvider = new ArrayList<>();
    private final List<String> permissions = new ArrayList<>();
    private final List<String> repositories = new ArrayList<>();

    /** Adds the percent-encoded parameters of a query or a form. */
    void addEncoded(String text) throws InvalidRequestException {
        UrlEncoded.read(text, this::add);
    }

    /**
     * Adds the parameters of a JSON object. An empty body adds nothing: some clients send a content type without a
     * body.
     */
    void addJson(String text) throws InvalidRequestException {
        if (text.isEmpty()) {
            return;
        }
        JsonObject object;
        try (var parser = JSON.createParser(new StringReader(text))) {
            parser.next();
            object = parser.getObject();
            // Looks for the end, and throws when something else is there.
            parser.hasNext();
        } catch (RuntimeException malformed) {
            // The parser has no type of its own for JSON that is nested too deeply.
            throw new InvalidRequestException("the JSON body cannot be read: an object is expected");
        }
        for (Map.Entry<String, JsonValue> member : object.entrySet()) {
            addMember(member.getKey(), member.getValue());
        }
    }

    /** The scope that is asked for: {@code scopes} when it is given, else {@code scope}; empty when neither is. */
    String scope() throws InvalidRequestException {
        String single = single("scope", scope);
        if (scopes.size() > 1) {
            throw new InvalidRequestException("multiple scopes not supported");
        }
        return scopes.isEmpty() ? single : scopes.getFirst();
    }

    /** The identity that is asked for; empty when there is none. */
    String identity() throws InvalidRequestException {
        single("identity_provider", identityProvider);
        return single("identity", identity);
    }

    /** The subset of the grant that is asked for; everything when the request names none. */
    RequestedGrant subset() throws InvalidRequestException {
        single(PERMISSIONS, permissions);
        single(REPOSITORIES, repositories);
        return new RequestedGrant(
                permissions.isEmpty() ? Map.of() : RequestedGrantTexts.permissions(permissions.getFirst()),
                repositories.isEmpty() ? List.of() : RequestedGrantTexts.repositories(repositories.getFirst()));
    }

    private void add(String name, String value) {
        switch (name) {
            case "scope" -> scope.add(value);
            case "scopes" -> scopes.add(value);
            case "identity" -> identity.add(value);
            case "identity_provider", "identityProvider" -> identityProvider.add(value);
            case PERMISSIONS -> permissions.add(value);
            case REPOSITORIES -> repositories.add(value);
            default -> {
                // unknown parameters are ignored, as clients of the reference rely on
            }
        }
    }

    private void addMember(String name, JsonValue value) throws InvalidRequestException {
        boolean repeatable = name.equals("scopes");
        switch (name) {
            case PERMISSIONS, REPOSITORIES -> {
                if (value.getValueType() != JsonValue.ValueType.NULL) {
                    add(name, RequestedGrantTexts.ofJson(name, value));
                }
            }
            case "scope", "scopes", "identity", "identity_provider", "identityProvider" -> {
                switch (value.getValueType()) {
                    case STRING -> add(name, ((JsonString) value).getString());
                    case NULL -> {}
                    case ARRAY -> {
                        if (!repeatable) {
                            throw new InvalidRequestException("the JSON field \"" + name + "\" is not a string");
                        }
                        for (JsonValue element : value.asJsonArray()) {
                            if (!(element instanceof JsonString string)) {
                                throw new InvalidRequestException(
                                        "the JSON field \"" + name + "\" is not a list of strings");
                            }
                            add(name, string.getString());
                        }
                    }
                    case OBJECT, NUMBER, TRUE, FALSE ->
                        throw new InvalidRequestException("the JSON field \"" + name + "\" is not a string");
                }
            }
            default -> {
                // as above
            }
        }
    }

    private static String single(String name, List<String> values) throws InvalidRequestException {
        return switch (values.size()) {
            case 0 -> "";
            case 1 -> values.getFirst();
            default ->
                throw new InvalidRequestException(
                        "too many values for field \"" + name + "\": " + String.join(", ", values));
        };
    }
}
