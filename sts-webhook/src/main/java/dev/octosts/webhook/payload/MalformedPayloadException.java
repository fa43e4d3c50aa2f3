package dev.octosts.webhook.payload;

/**
 * Says that a payload is not JSON, or does not have the form that GitHub documents. The message may be shown to the
 * sender.
 */
public final class MalformedPayloadException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedPayloadException(String what) {
        super(what, null, false, false);
    }
}
