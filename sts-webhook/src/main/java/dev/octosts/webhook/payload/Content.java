package dev.octosts.webhook.payload;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
            case "application/x-www-form-urlencoded" -> FormField.of(body);
            default ->
                throw new MalformedPayloadException(
                        "unsupported media type: set the webhook's content type to application/json");
        };
    }

    /**
     * A stream of the value of the field {@code payload} of a form, decoded while it is read.
     *
     * @see <a href="https://url.spec.whatwg.org/#application/x-www-form-urlencoded">URL Standard</a>
     */
    private static final class FormField extends InputStream {

        private static final byte[] FIELD = "payload=".getBytes(StandardCharsets.US_ASCII);

        private final InputStream form;
        private boolean ended;

        private FormField(InputStream form) {
            this.form = form;
        }

        /**
         * Finds the field in a form.
         *
         * @throws MalformedPayloadException when the form has none
         */
        static InputStream of(InputStream form) throws MalformedPayloadException {
            var buffered = new BufferedInputStream(form);
            try {
                for (int next = 0; next >= 0; ) {
                    int matched = 0;
                    next = buffered.read();
                    while (matched < FIELD.length && next == FIELD[matched]) {
                        matched++;
                        next = matched < FIELD.length ? buffered.read() : next;
                    }
                    if (matched == FIELD.length) {
                        return new FormField(buffered);
                    }
                    while (next >= 0 && next != '&') {
                        next = buffered.read();
                    }
                }
            } catch (IOException impossible) {
                throw new MalformedPayloadException("the form ends early");
            }
            throw new MalformedPayloadException("the form has no field \"payload\"");
        }

        @Override
        public int read() throws IOException {
            if (ended) {
                return -1;
            }
            int next = form.read();
            return switch (next) {
                case '&' -> {
                    ended = true;
                    yield -1;
                }
                case '+' -> ' ';
                case '%' -> escaped();
                default -> next;
            };
        }

        /** Overrides the inherited method, which swallows an exception that is thrown in the middle of a read. */
        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int count = 0;
            while (count < length) {
                int next = read();
                if (next < 0) {
                    return count == 0 ? -1 : count;
                }
                bytes[from + count++] = (byte) next;
            }
            return count;
        }

        private int escaped() throws IOException {
            int high = Character.digit(form.read(), 16);
            int low = Character.digit(form.read(), 16);
            if (high < 0 || low < 0) {
                throw new IOException("a broken escape");
            }
            return high << 4 | low;
        }
    }
}
