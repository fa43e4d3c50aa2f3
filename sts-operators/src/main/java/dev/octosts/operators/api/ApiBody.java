package dev.octosts.operators.api;

import dev.octosts.operators.http.CallRefused;
import dev.octosts.operators.http.OperatorCall;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the bodies of requests. */
final class ApiBody {

    private ApiBody() {}

    /** The members of the body, all of them texts. */
    static Map<String, String> texts(OperatorCall call) {
        var members = new LinkedHashMap<String, String>();
        if (call.body().isBlank()) {
            return members;
        }
        try (var reader = Json.createReader(new StringReader(call.body()))) {
            reader.readObject().forEach((name, value) -> {
                if (!(value instanceof JsonString text)) {
                    throw CallRefused.invalid("the members of the body are texts");
                }
                members.put(name, text.getString());
            });
            return members;
        } catch (JsonException _) {
            throw CallRefused.invalid("the body is not a JSON object");
        }
    }
}
