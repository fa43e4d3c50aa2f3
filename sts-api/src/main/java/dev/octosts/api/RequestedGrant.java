package dev.octosts.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of a policy's grant that a caller asks for. It narrows a grant and never widens one.
 *
 * @param permissions levels ({@code read}, {@code write}, {@code admin}) by permission name; empty means all that the
 *     policy grants
 * @param repositories bare names; empty means all that the policy covers
 */
public record RequestedGrant(Map<String, String> permissions, List<String> repositories) {

    /** The whole grant. */
    public static final RequestedGrant EVERYTHING = new RequestedGrant(Map.of(), List.of());

    public RequestedGrant {
        permissions = Collections.unmodifiableMap(new LinkedHashMap<>(permissions));
        repositories = List.copyOf(repositories);
    }

    /** Whether nothing is left out. */
    public boolean isEverything() {
        return permissions.isEmpty() && repositories.isEmpty();
    }
}
