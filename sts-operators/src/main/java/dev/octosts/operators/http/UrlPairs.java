package dev.octosts.operators.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Pairs of names and values, as addresses and forms have them. */
public final class UrlPairs {

    private static final int MOST = 50;

    private UrlPairs() {}

    /** The pairs of a text; of a name that is there twice, nothing is taken for sure, so the text is refused. */
    public static Map<String, String> read(String text) {
        var pairs = new LinkedHashMap<String, String>();
        if (text.isEmpty()) {
            return pairs;
        }
        for (String pair : text.split("&", MOST + 1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (pairs.putIfAbsent(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
                throw CallRefused.invalid("a parameter is there twice; give each once");
            }
        }
        if (pairs.size() > MOST) {
            throw CallRefused.invalid("more than " + MOST + " parameters");
        }
        return pairs;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw CallRefused.invalid("a parameter is not encoded as addresses are");
        }
    }

    /** A text as a part of an address. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The pairs as text, without those that have no value. */
    public static String written(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .filter(pair -> !pair.getValue().isEmpty())
                .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
                .collect(Collectors.joining("&"));
    }
}
