package dev.octosts.app.cli.githubapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Await;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls {@code octo-sts app create}, and does at its page and at GitHub what a person does. */
abstract class CreateTest extends AppTest {

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+/\\?state=[A-Za-z0-9_-]{43}");
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
    private static final Pattern MANIFEST = Pattern.compile("name=\"manifest\" value=\"([^\"]+)\"");

    /** The command, waiting for somebody with a browser. */
    final class Waiting {
        final StringWriter out = new StringWriter();
        private final CompletableFuture<Result> result;

        Waiting(String... arguments) throws IOException {
            var environment = wayToGitHub();
            this.result = CompletableFuture.supplyAsync(() -> call(CreateCommand::new, environment, out, arguments));
        }

        String address() {
            Await.until(
                    "an address, or an end without one",
                    Duration.ofSeconds(30),
                    () -> ADDRESS.matcher(out.toString()).find() || result.isDone());
            var address = ADDRESS.matcher(out.toString());
            assertThat(address.find())
                    .as(
                            "an address in %s%s",
                            out, result.getNow(new Result(0, "", "")).err())
                    .isTrue();
            return address.group();
        }

        Result end() throws InterruptedException, ExecutionException, TimeoutException {
            return result.get(60, TimeUnit.SECONDS);
        }
    }

    static HttpResponse<String> get(String address, String... headers) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(address));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1).replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&");
    }

    /** What a person does: opens the page, presses the button, and confirms at GitHub. Returns where GitHub leads. */
    String confirm(String address) throws IOException, InterruptedException {
        var page = get(address).body();
        try (var client = HttpClient.newBuilder()
                .sslContext(sandbox.authority().clientContext())
                .build()) {
            var form = "manifest=" + URLEncoder.encode(first(MANIFEST, page), StandardCharsets.UTF_8);
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create(first(ACTION, page)))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(form))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
            return answer.headers().firstValue("Location").orElseThrow();
        }
    }

    void confirmed(Waiting waiting) throws Exception {
        get(confirm(waiting.address()));
        var result = waiting.end();
        assertThat(result.status()).as(result.err()).isZero();
    }
}
