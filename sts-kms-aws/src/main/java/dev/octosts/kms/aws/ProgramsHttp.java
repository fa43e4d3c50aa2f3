package dev.octosts.kms.aws;

import dev.octosts.github.key.ServiceHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** The program's HTTP client, as the SDK wants one. */
final class ProgramsHttp implements SdkHttpClient {

    private final ServiceHttp http;
    private final Optional<Duration> longest;

    ProgramsHttp(ServiceHttp http) {
        this.http = http;
        this.longest = Optional.empty();
    }

    /** @param longest how long a call may take */
    ProgramsHttp(ServiceHttp http, Duration longest) {
        this.http = http;
        this.longest = Optional.of(longest);
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {

            @Override
            public HttpExecuteResponse call() throws IOException {
                return exchange(request);
            }

            @Override
            public void abort() {
                // The call has a limit of its own.
            }
        };
    }

    private HttpExecuteResponse exchange(HttpExecuteRequest request) throws IOException {
        var asked = request.httpRequest();
        byte[] body = {};
        if (request.contentStreamProvider().isPresent()) {
            try (var content = request.contentStreamProvider().get().newStream()) {
                body = content.readAllBytes();
            }
        }
        var call = new ServiceHttp.ServiceRequest(asked.method().name(), asked.getUri(), asked.headers(), body);
        var answer = longest.isPresent() ? http.exchange(call, longest.get()) : http.exchange(call);
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(answer.status())
                        .headers(answer.headers())
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer.body())))
                .build();
    }

    @Override
    public String clientName() {
        return "octo-sts";
    }

    @Override
    public void close() {
        // It belongs to the key service, which closes it.
    }
}
