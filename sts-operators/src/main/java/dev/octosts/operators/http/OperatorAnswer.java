package dev.octosts.operators.http;

import dev.octosts.exchange.spi.StoreException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a route answers.
 *
 * @param status the HTTP status
 * @param headers beyond those of every answer
 * @param cookies each a whole value of {@code Set-Cookie}
 * @param body writes the body
 */
public record OperatorAnswer(int status, Map<String, String> headers, List<String> cookies, Body body) {

    private static final String TYPE = "Content-Type";

    public OperatorAnswer {
        headers = Map.copyOf(headers);
        cookies = List.copyOf(cookies);
    }

    /** The body of an answer. */
    public sealed interface Body {

        /** One that is known. */
        record Whole(String text) implements Body {}

        /**
         * One that is written piece by piece.
         *
         * @param writing writes it
         * @param after what is done in any case
         */
        record Streamed(Writing writing, Runnable after) implements Body {}
    }

    /** Writes a body. */
    @FunctionalInterface
    public interface Writing {
        void to(OutputStream out) throws IOException, StoreException;
    }

    private static OperatorAnswer whole(int status, String type, String text) {
        return new OperatorAnswer(status, Map.of(TYPE, type), List.of(), new Body.Whole(text));
    }

    /** JSON. */
    public static OperatorAnswer json(int status, JsonObject object) {
        return whole(status, "application/json", object.toString());
    }

    /** A page. */
    public static OperatorAnswer page(int status, String html) {
        return whole(status, "text/html; charset=utf-8", html);
    }

    /** A file that is part of the program. */
    public static OperatorAnswer file(String type, String text) {
        return whole(200, type, text).with("Cache-Control", "public, max-age=3600");
    }

    /**
     * A body that is written piece by piece, to be saved under this name.
     *
     * @param after what is done in any case
     */
    public static OperatorAnswer download(String type, String name, Writing writing, Runnable after) {
        return new OperatorAnswer(
                200,
                Map.of(TYPE, type, "Content-Disposition", "attachment; filename=\"" + name + "\""),
                List.of(),
                new Body.Streamed(writing, after));
    }

    /** Sends a browser on, with GET. */
    public static OperatorAnswer seeOther(String address) {
        return new OperatorAnswer(303, Map.of("Location", address), List.of(), new Body.Whole(""));
    }

    /** The same with another status. */
    public OperatorAnswer withStatus(int other) {
        return new OperatorAnswer(other, headers, cookies, body);
    }

    /** The same with one header more. */
    public OperatorAnswer with(String name, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new OperatorAnswer(status, all, cookies, body);
    }

    /** The same with one cookie more. */
    public OperatorAnswer withCookie(String cookie) {
        var all = new ArrayList<>(cookies);
        all.add(cookie);
        return new OperatorAnswer(status, headers, all, body);
    }

    /** The bytes of a text. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
