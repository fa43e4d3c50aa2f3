package dev.octosts.operators;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A browser on this machine: it keeps cookies, those of all ports in one jar as browsers do, follows redirects as far
 * as a test wants, and sends the forms of pages.
 */
final class ForeignBrowser {

    private static final int MOST_REDIRECTS = 20;
    private static final Pattern ACTION = Pattern.compile("(?s)<form[^>]*\\saction=\"([^\"]+)\"");
    private static final Pattern HIDDEN = Pattern.compile("<input[^>]*\\btype=\"hidden\"[^>]*>");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\b(name|value)=\"([^\"]*)\"");

    private final HttpClient client;
    private final Map<String, String> cookies = new TreeMap<>();
    private URI here = URI.create("about:blank");

    ForeignBrowser(HttpClient client) {
        this.client = client;
    }

    Map<String, String> cookies() {
        return cookies;
    }

    HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address));
    }

    HttpResponse<String> post(URI address, Map<String, String> form) {
        return send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(written(form))));
    }

    static String written(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * Follows redirects of an answer until there is a page, or until one leads to an address that it shall not go to.
     */
    HttpResponse<String> follow(HttpResponse<String> answer, Predicate<URI> end) {
        var last = answer;
        for (int redirect = 0; redirect < MOST_REDIRECTS; redirect++) {
            var location = last.headers().firstValue("location").map(here::resolve);
            if (location.isEmpty() || end.test(location.get())) {
                return last;
            }
            last = get(location.get());
        }
        throw new AssertionError("too many redirects, the last to " + here);
    }

    /** Sends the form of a page, with its hidden fields and these. */
    HttpResponse<String> submit(HttpResponse<String> page, Map<String, String> fields) {
        var action = ACTION.matcher(page.body());
        if (!action.find()) {
            throw new AssertionError("no form in: " + page.statusCode() + " " + page.body());
        }
        var form = new TreeMap<String, String>();
        HIDDEN.matcher(page.body()).results().forEach(input -> {
            var field = new TreeMap<String, String>();
            ATTRIBUTE.matcher(input.group()).results().forEach(part -> field.put(part.group(1), part.group(2)));
            form.put(field.getOrDefault("name", ""), field.getOrDefault("value", ""));
        });
        form.remove("");
        form.putAll(fields);
        return post(here.resolve(action.group(1).replace("&amp;", "&")), form);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            var sent = request.build();
            here = sent.uri();
            var answer = client.send(sent, BodyHandlers.ofString());
            answer.headers().allValues("set-cookie").forEach(this::keep);
            return answer;
        } catch (IOException failed) {
            throw new IllegalStateException(here.toString(), failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ended);
        }
    }

    private void keep(String cookie) {
        int end = cookie.indexOf(';');
        String pair = end < 0 ? cookie : cookie.substring(0, end);
        int equals = pair.indexOf('=');
        boolean over = cookie.matches("(?i).*;\\s*(max-age=0|expires=[^;]*1970).*");
        if (over || pair.length() == equals + 1) {
            cookies.remove(pair.substring(0, equals));
        } else {
            cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
    }
}
