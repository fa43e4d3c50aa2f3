package dev.octosts.app.pages;

import dev.octosts.api.PageHeaders;
import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.openapi.OpenApiService;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.Json;
import java.io.StringReader;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows the description of the API to browsers as a page. All other clients get the description itself. The page is
 * made at its first use, of the same description.
 */
public final class ApiPage implements OpenApiService {

    /** Clients that take everything get the first one. */
    private static final MediaType[] OFFERED = {
        MediaTypes.APPLICATION_OPENAPI_YAML,
        MediaTypes.APPLICATION_X_YAML,
        MediaTypes.APPLICATION_YAML,
        MediaTypes.APPLICATION_OPENAPI_JSON,
        MediaTypes.APPLICATION_JSON,
        MediaTypes.TEXT_HTML
    };

    private volatile @Nullable String page;

    /** Not yet part of a server. */
    public ApiPage() {}

    @Override
    public String name() {
        return "page";
    }

    @Override
    public String type() {
        return "page";
    }

    @Override
    public boolean supports(ServerRequestHeaders headers) {
        return headers.bestAccepted(OFFERED)
                .filter(MediaTypes.TEXT_HTML::equals)
                .isPresent();
    }

    @Override
    public void setup(HttpRules routing, String path, Function<MediaType, String> description) {
        routing.get(
                path,
                (request, response) ->
                        answer(request, response, () -> description.apply(MediaTypes.APPLICATION_OPENAPI_JSON)));
    }

    private void answer(ServerRequest request, ServerResponse response, Supplier<String> description) {
        if (!supports(request.headers())) {
            response.next();
            return;
        }
        PageHeaders.all().forEach((name, value) -> response.header(HeaderNames.create(name), value));
        response.header(HeaderNames.VARY, "Accept")
                .header(HeaderNames.create("X-Content-Type-Options"), "nosniff")
                .header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8")
                .send(page(description));
    }

    private String page(Supplier<String> description) {
        String known = page;
        if (known != null) {
            return known;
        }
        try (var reader = Json.createReader(new StringReader(description.get()))) {
            String made = ApiText.html(reader.readObject());
            page = made;
            return made;
        }
    }
}
