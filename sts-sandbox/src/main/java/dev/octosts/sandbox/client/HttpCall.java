package dev.octosts.sandbox.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * An HTTP request.
 *
 * @param bearer the credential of the {@code Authorization} header; empty for none
 * @param body JSON; empty for none
 */
public record HttpCall(String method, URI address, String bearer, String body) {

    public static HttpCall get(URI address, String bearer) {
        return new HttpCall("GET", address, bearer, "");
    }

    /** The request's bytes on the connection (RFC 9112). */
    public byte[] bytes() {
        var query = address.getRawQuery();
        var path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        var head = new StringBuilder(256)
                .append(method)
                .append(' ')
                .append(query == null ? path : path + "?" + query)
                .append(" HTTP/1.1\r\nHost: ")
                .append(address.getRawAuthority())
                .append("\r\nUser-Agent: octo-sts-sandbox\r\nAccept: application/json\r\n");
        if (!bearer.isEmpty()) {
            head.append("Authorization: Bearer ").append(bearer).append("\r\n");
        }
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        if (length > 0) {
            head.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(length)
                    .append("\r\n");
        }
        return head.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Leaves the credential out. */
    @Override
    public String toString() {
        return method + " " + address;
    }
}
