package dev.octosts.kms.akv;

import com.microsoft.aad.msal4j.HttpRequest;
import com.microsoft.aad.msal4j.HttpResponse;
import com.microsoft.aad.msal4j.IHttpClient;
import com.microsoft.aad.msal4j.IHttpResponse;
import dev.octosts.github.key.ServiceHttp;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The program's HTTP client, as MSAL wants one. */
final class ProgramsClient implements IHttpClient {

    private final ServiceHttp http;

    ProgramsClient(ServiceHttp http) {
        this.http = http;
    }

    @Override
    public IHttpResponse send(HttpRequest request) throws IOException, URISyntaxException {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        Map<String, String> given = request.headers();
        if (given != null) {
            given.forEach((name, value) -> headers.put(name, List.of(value)));
        }
        String body = request.body();
        var answer = http.exchange(new ServiceHttp.ServiceRequest(
                request.httpMethod().name(),
                request.url().toURI(),
                headers,
                body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8)));
        var response = new HttpResponse();
        response.statusCode(answer.status());
        response.addHeaders(answer.headers());
        response.body(new String(answer.body(), StandardCharsets.UTF_8));
        return response;
    }
}
