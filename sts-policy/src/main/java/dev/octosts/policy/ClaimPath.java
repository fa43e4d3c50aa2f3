package dev.octosts.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The path of a claim in a token: a name, or a JSON pointer to a nested value.
 *
 * @param steps from the outside in; at least one
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901, JSON Pointer</a>
 */
record ClaimPath(List<String> steps) {
    private static final String ROOT = "/";

    ClaimPath {
        steps = List.copyOf(steps);
    }

    /** Reads a key of {@code claim}; empty when a pointer has a tilde that escapes nothing. */
    static Optional<ClaimPath> of(String key) {
        if (!key.startsWith(ROOT)) {
            return Optional.of(new ClaimPath(List.of(key)));
        }
        if (key.replaceAll("~[01]", "").indexOf('~') >= 0) {
            return Optional.empty();
        }
        return Optional.of(new ClaimPath(Stream.of(key.substring(1).split(ROOT, -1))
                .map(step -> step.replace("~1", ROOT).replace("~0", "~"))
                .toList()));
    }

    /** Whether the token has a value there, even a null. */
    boolean isIn(Map<String, @Nullable Object> claims) {
        Object parent = parent(claims);
        String last = steps.getLast();
        return switch (parent) {
            case Map<?, ?> map -> map.containsKey(last);
            case List<?> list -> index(last, list) >= 0;
            case null, default -> false;
        };
    }

    /** The value at this path; null when there is none. */
    @Nullable
    Object in(Map<String, @Nullable Object> claims) {
        return child(parent(claims), steps.getLast());
    }

    private @Nullable Object parent(Map<String, @Nullable Object> claims) {
        Object place = claims;
        for (int step = 0; step < steps.size() - 1 && place != null; step++) {
            place = child(place, steps.get(step));
        }
        return place;
    }

    private static @Nullable Object child(@Nullable Object place, String step) {
        return switch (place) {
            case Map<?, ?> map -> map.get(step);
            case List<?> list -> {
                int index = index(step, list);
                yield index < 0 ? null : list.get(index);
            }
            case null, default -> null;
        };
    }

    /** The index of a list item in a JSON pointer: from 0, without leading zeros. */
    private static int index(String step, List<?> list) {
        if (step.isEmpty() || step.length() > 6 || !step.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int index = Integer.parseInt(step);
        return (step.length() > 1 && step.charAt(0) == '0') || index >= list.size() ? -1 : index;
    }
}
