package dev.octosts.api.http;

import dev.octosts.api.Sha256;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/** A static file as it is served: encoded and tagged once. */
final class ServedFile {

    private static final int TAG_BYTES = 16;

    private final byte[] content;
    private final String type;
    private final EntityTag tag;

    private ServedFile(String text, String type) {
        this.content = text.getBytes(StandardCharsets.UTF_8);
        this.type = type;
        this.tag = new EntityTag(HexFormat.of().formatHex(Sha256.of(content), 0, TAG_BYTES));
    }

    /** Files by name, typed by how their names end, or all alike when {@code type} is not empty. */
    static Map<String, ServedFile> all(Map<String, String> files, String type) {
        return files.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        file -> new ServedFile(file.getValue(), type.isEmpty() ? typeOf(file.getKey()) : type)));
    }

    /** The file, or the answer that the client's copy is still current. */
    Response.ResponseBuilder answer(Request request) {
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        Response.ResponseBuilder answer =
                unchanged == null ? Response.ok(content).header(HttpHeaders.CONTENT_TYPE, type) : unchanged;
        return answer.tag(tag).header("X-Content-Type-Options", "nosniff");
    }

    private static String typeOf(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml; charset=utf-8";
            default -> throw new IllegalArgumentException("no media type is known for " + name);
        };
    }
}
