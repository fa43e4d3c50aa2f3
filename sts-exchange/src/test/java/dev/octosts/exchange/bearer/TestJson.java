package dev.octosts.exchange.bearer;

import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON text of maps, lists and scalars. */
public final class TestJson {
    private TestJson() {}

    public static String of(Map<String, ? extends @Nullable Object> object) {
        return Json.createObjectBuilder(object).build().toString();
    }

    public static byte[] bytes(Map<String, ? extends @Nullable Object> object) {
        return of(object).getBytes(StandardCharsets.UTF_8);
    }
}
