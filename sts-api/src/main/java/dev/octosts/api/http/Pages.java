package dev.octosts.api.http;

import dev.octosts.api.PageHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Answers with pages. */
final class Pages {

    private Pages() {}

    /** A page, or a part of one. */
    static Response.ResponseBuilder answer(ServedFile file, Request request) {
        Response.ResponseBuilder answer = file.answer(request);
        PageHeaders.all().forEach(answer::header);
        return answer;
    }

    /**
     * Whether a client prefers a page to JSON. A browser says so. A client that takes everything gets JSON.
     *
     * @param accepted what it accepts, the best first
     */
    static boolean areWanted(List<MediaType> accepted) {
        return accepted.stream()
                .findFirst()
                .map(best -> best.getType().equals("text") && best.getSubtype().equals("html"))
                .orElse(false);
    }
}
