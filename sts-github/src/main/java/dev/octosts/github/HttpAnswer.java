package dev.octosts.github;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.HeaderGroup;
import org.jspecify.annotations.Nullable;

/** An HTTP answer of GitHub, read completely. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HttpAnswer(int status, HeaderGroup headers, byte[] body) {

    @Nullable
    String header(String name) {
        Header header = headers.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }
}
