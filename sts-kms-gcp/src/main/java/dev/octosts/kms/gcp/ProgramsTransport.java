package dev.octosts.kms.gcp;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import dev.octosts.github.key.ServiceHttp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The program's HTTP client, as Google's authentication wants one. */
final class ProgramsTransport extends HttpTransport {

    private final ServiceHttp http;

    ProgramsTransport(ServiceHttp http) {
        this.http = http;
    }

    /** Whether an exception of Google's client has its cause in a call without an answer. */
    static boolean failed(Throwable failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(10)
                .anyMatch(NoAnswer.class::isInstance);
    }

    /** A call without an answer. */
    private static final class NoAnswer extends IOException {

        private static final long serialVersionUID = 1L;

        NoAnswer(IOException cause) {
            super("no answer", cause);
        }
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new Call(http, method, URI.create(url));
    }

    private static final class Call extends LowLevelHttpRequest {

        private final ServiceHttp http;
        private final String method;
        private final URI address;
        private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        Call(ServiceHttp http, String method, URI address) {
            this.http = http;
            this.method = method;
            this.address = address;
        }

        @Override
        public void addHeader(String name, String value) {
            headers.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            var body = new ByteArrayOutputStream();
            if (getStreamingContent() != null) {
                getStreamingContent().writeTo(body);
            }
            if (getContentType() != null) {
                headers.put("Content-Type", List.of(getContentType()));
            }
            headers.remove("Accept-Encoding");
            try {
                return new Answered(
                        http.exchange(new ServiceHttp.ServiceRequest(method, address, headers, body.toByteArray())));
            } catch (IOException none) {
                throw new NoAnswer(none);
            }
        }
    }

    private static final class Answered extends LowLevelHttpResponse {

        private final ServiceHttp.ServiceAnswer answer;
        private final List<Map.Entry<String, String>> headers;

        Answered(ServiceHttp.ServiceAnswer answer) {
            this.answer = answer;
            this.headers = answer.headers().entrySet().stream()
                    .flatMap(header -> header.getValue().stream().map(value -> Map.entry(header.getKey(), value)))
                    .toList();
        }

        private String header(String name) {
            return answer.headers().getOrDefault(name, List.of("")).getFirst();
        }

        @Override
        public InputStream getContent() {
            return new ByteArrayInputStream(answer.body());
        }

        @Override
        public String getContentEncoding() {
            return header("content-encoding");
        }

        @Override
        public long getContentLength() {
            return answer.body().length;
        }

        @Override
        public String getContentType() {
            return header("content-type");
        }

        @Override
        public String getStatusLine() {
            return "HTTP/1.1 " + answer.status();
        }

        @Override
        public int getStatusCode() {
            return answer.status();
        }

        @Override
        public String getReasonPhrase() {
            return "";
        }

        @Override
        public int getHeaderCount() {
            return headers.size();
        }

        @Override
        public String getHeaderName(int index) {
            return headers.get(index).getKey();
        }

        @Override
        public String getHeaderValue(int index) {
            return headers.get(index).getValue();
        }
    }
}
