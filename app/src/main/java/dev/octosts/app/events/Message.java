package dev.octosts.app.events;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event as an HTTP message, in binary mode.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">CloudEvents
 *     1.0, HTTP protocol binding</a>
 */
final class Message {

    /** Servers refuse headers of some kilobytes; the data contains every value in full. */
    private static final int LONGEST_HEADER = 2_000;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final Map<String, String> headers;
    private final byte[] body;

    private Message(Map<String, String> headers, byte[] body) {
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    static Message of(CloudEvent event) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("ce-specversion", CloudEvent.VERSION);
        headers.put("ce-id", event.id());
        headers.put("ce-type", event.type());
        headers.put("ce-source", encoded(event.source()));
        headers.put("ce-subject", encoded(event.subject()));
        headers.put("ce-time", event.time().toString());
        event.extensions().forEach((name, value) -> headers.put("ce-" + name, encoded(value)));
        return new Message(headers, event.document());
    }

    /** The attributes by header name. */
    Map<String, String> headers() {
        return headers;
    }

    /** The data; not a copy, because callers only read. */
    byte[] body() {
        return body;
    }

    /** The size in memory, roughly, in bytes. */
    int size() {
        return 1_000 + body.length;
    }

    /**
     * Section 3.1.3.2 of the binding: all characters but printable ASCII are escaped, and so are blanks, quotes and
     * percent signs.
     */
    static String encoded(String text) {
        var encoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length() && encoded.length() < LONGEST_HEADER; ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (character > ' ' && character < 0x7f && character != '"' && character != '%') {
                encoded.append((char) character);
            } else {
                for (byte b : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(HEX.toHexDigits(b));
                }
            }
        }
        return encoded.toString();
    }
}
