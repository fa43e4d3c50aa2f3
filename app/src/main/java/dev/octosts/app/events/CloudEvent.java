package dev.octosts.app.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.octosts.app.logging.SafeEscapes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A CloudEvent whose data is JSON.
 *
 * @param id unique among the events of the source
 * @param type the kind of event
 * @param source the service that reports it
 * @param subject the thing that the event is about
 * @param time when it happened
 * @param extensions further attributes; a name may have lower-case letters and digits only
 * @param data writes what happened
 */
public record CloudEvent(
        String id,
        String type,
        String source,
        String subject,
        Instant time,
        Map<String, String> extensions,
        Data data) {

    /** The version of the specification. */
    static final String VERSION = "1.0";

    /** The extension with the id that the caller got. */
    static final String REQUEST_ID = "requestid";

    static final String CONTENT_TYPE = "application/json";

    /** Shared, because the static methods that make readers and writers look up the library each time. */
    private static final JsonFactory JSON = new JsonFactory().setCharacterEscapes(new SafeEscapes());

    public CloudEvent {
        extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }

    /** Writes the members of the data's object. */
    @FunctionalInterface
    public interface Data {
        /**
         * Writes the members.
         *
         * @param json inside an object that was begun already
         */
        void writeTo(JsonGenerator json) throws IOException;
    }

    /**
     * Writes the event in the JSON format, as an object.
     *
     * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">CloudEvents
     *     1.0, JSON format</a>
     */
    public void writeTo(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("specversion", VERSION);
        json.writeStringField("id", id);
        json.writeStringField("type", type);
        json.writeStringField("source", source);
        json.writeStringField("subject", subject);
        json.writeStringField("time", time.toString());
        json.writeStringField("datacontenttype", CONTENT_TYPE);
        for (var extension : extensions.entrySet()) {
            json.writeStringField(extension.getKey(), extension.getValue());
        }
        json.writeObjectFieldStart("data");
        data.writeTo(json);
        json.writeEndObject();
        json.writeEndObject();
    }

    /** The data alone, as a JSON document. */
    byte[] document() {
        var bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            data.writeTo(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return subject;
    }
}
