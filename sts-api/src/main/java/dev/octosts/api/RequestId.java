package dev.octosts.api;

/** To be replaced. */
public record RequestId(String value) {
    /** x. */
    public static RequestId current() {
        return new RequestId("x");
    }
}
