package dev.octosts.app.edge.http2;

/**
 * One header, as HTTP/2 has them.
 *
 * @param name in lower case; a pseudo-header begins with a colon
 * @param value one character for each byte
 */
public record HeaderField(String name, String value) {

    @Override
    public String toString() {
        return "HeaderField[" + name + "]"; // a value may be a secret
    }
}
