package dev.octosts.webhook.payload;

import java.io.InputStream;
import java.util.Locale;

/** Finds the JSON of a delivery, in either of the two content types that GitHub can be set to use. */
public final class Content {

    private Content() {}

    /**
     * Finds the JSON in a body.
     *
     * @param contentType the media type as it was given
     * @param body the body
     * @throws MalformedPayloadException when it is neither JSON nor a form with JSON in it
     */
    public static InputStream json(String contentType, InputStream body) throws MalformedPayloadException {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return switch (type.strip().toLowerCase(Locale.ROOT)) {
            case "application/json" -> body;
            case "application/x-www-form-urlencoded" -> FormPayload.of(body);
            default ->
                throw new MalformedPayloadException(
                        "unsupported media type: set the webhook's content type to application/json");
        };
    }
}
