package dev.octosts.github;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the header in which GitHub says where a list goes on. */
final class LinkHeader {

    private static final Pattern NEXT =
            Pattern.compile("<[^<>]*[?&]cursor=([^&<>]{1,200})[^<>]*>\\s*;\\s*rel=\"next\"");

    private LinkHeader() {}

    /** Where the next page begins; empty on the last one. */
    static Optional<String> cursor(HttpAnswer answer) {
        String link = answer.header("Link");
        if (link == null) {
            return Optional.empty();
        }
        Matcher next = NEXT.matcher(link);
        return next.find() ? Optional.of(URLDecoder.decode(next.group(1), StandardCharsets.UTF_8)) : Optional.empty();
    }
}
