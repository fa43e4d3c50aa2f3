package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Request;
import java.util.ArrayList;
import java.util.List;

/** One page of a list, as {@code per_page} and {@code page} ask for it, and the links to the others. */
record Paging(int size, int page, String url) {
    static final int USUAL = 30;
    static final int MOST = 100;

    static Paging of(Request request, String baseUrl) {
        return new Paging(
                Math.clamp(number(request, "per_page", USUAL), 1, MOST),
                Math.max(1, number(request, "page", 1)),
                baseUrl + request.path());
    }

    <T> List<T> slice(List<T> all) {
        int from = (int) Math.min(all.size(), (page - 1L) * size);
        return all.subList(from, Math.min(all.size(), from + size));
    }

    /** The value of the {@code Link} header; empty when all fits on one page. */
    String links(int total) {
        int last = Math.max(1, Math.ceilDiv(total, size));
        var links = new ArrayList<String>();
        if (page > 1) {
            links.add(link(page - 1, "prev"));
        }
        if (page < last) {
            links.add(link(page + 1, "next"));
            links.add(link(last, "last"));
        }
        if (page > 1) {
            links.add(link(1, "first"));
        }
        return String.join(", ", links);
    }

    private String link(int number, String relation) {
        return "<%s?per_page=%d&page=%d>; rel=\"%s\"".formatted(url, size, number, relation);
    }

    private static int number(Request request, String name, int otherwise) {
        try {
            return request.parameter(name).map(Integer::parseInt).orElse(otherwise);
        } catch (NumberFormatException notANumber) {
            return otherwise;
        }
    }
}
