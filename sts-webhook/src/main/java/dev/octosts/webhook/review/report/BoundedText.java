package dev.octosts.webhook.review.report;

import java.nio.charset.StandardCharsets;

/** A text with a length limit. It never breaks off inside a part that was added. */
public final class BoundedText {

    private final StringBuilder text = new StringBuilder();
    private int left;

    /** An empty text that may grow to so many bytes. */
    public BoundedText(int bytes) {
        this.left = bytes;
    }

    /** Adds a part if it fits as a whole. */
    public boolean add(String part) {
        int size = part.getBytes(StandardCharsets.UTF_8).length;
        if (size > left) {
            return false;
        }
        left -= size;
        text.append(part);
        return true;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
