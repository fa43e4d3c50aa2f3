package dev.octosts.app;

import dev.octosts.sandbox.DemoWorld;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client of OAuth 2.0, which speaks to the packaged program. */
record OAuthClient(PackagedProgram program, DemoWorld world) {

    static final String DOMAIN = "sts.example.com";
    static final String FORM = "application/x-www-form-urlencoded";
    static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
    static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";

    /** The parameters of an exchange that is granted. */
    Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("grant_type", GRANT);
        parameters.put("subject_token", world.workflowToken(DOMAIN).sign());
        parameters.put("subject_token_type", ID_TOKEN);
        parameters.put("scope", "octo-org/octo-repo");
        parameters.put("identity", DemoWorld.CI);
        return parameters;
    }

    /** Sends a form. */
    HttpResponse<String> post(String path, Map<String, String> parameters, String... headers)
            throws IOException, InterruptedException {
        var all = Stream.concat(Stream.of("Content-Type", FORM), Stream.of(headers));
        return program.post(path, form(parameters), all.toArray(String[]::new));
    }

    static String form(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** The answer to an exchange that is granted. */
    JsonObject exchange() throws IOException, InterruptedException {
        return json(post("/token", parameters()));
    }

    static JsonObject json(HttpResponse<String> answer) {
        try (var reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readObject();
        }
    }
}
