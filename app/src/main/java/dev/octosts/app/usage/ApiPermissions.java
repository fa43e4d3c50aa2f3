package dev.octosts.app.usage;

import dev.octosts.policy.Level;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which permissions an action may have needed. It is a table of GitHub's documentation, and what the table does not
 * know is unknown.
 *
 * @see <a href="https://docs.github.com/rest/authentication/permissions-required-for-github-apps">GitHub: permissions
 *     required for GitHub Apps</a>
 */
final class ApiPermissions {

    private static final String TABLE = "/META-INF/octosts/api-permissions.txt";

    /** Parts of a path that may have slashes in them. */
    private static final Set<String> LONG = Set.of("{path}", "{ref}", "{branch}", "{basehead}", "{tag}");

    /** Enterprise Server has its API below it. */
    private static final String ENTERPRISE = "/api/v3";

    private static final PossibleNeed READ_CONTENTS = new PossibleNeed("contents", Level.READ);
    private static final PossibleNeed WRITE_CONTENTS = new PossibleNeed("contents", Level.WRITE);

    /** A file in .github/workflows needs it too, and the log does not say which file it was. */
    private static final PossibleNeed WRITE_WORKFLOWS = new PossibleNeed("workflows", Level.WRITE);

    private final Part root = new Part();

    private ApiPermissions() {}

    /** A permission that an action may have needed. */
    record PossibleNeed(String permission, Level level) {}

    private static final class Part {
        private final Map<String, Part> exact = new HashMap<>();
        private final Map<String, Part> named = new HashMap<>();
        private final Map<String, List<PossibleNeed>> byMethod = new HashMap<>();
    }

    /** Reads the table of this program. */
    static ApiPermissions read() {
        var all = new ApiPermissions();
        try (@Nullable InputStream table = ApiPermissions.class.getResourceAsStream(TABLE)) {
            if (table == null) {
                throw new IllegalStateException(TABLE + " is missing");
            }
            var lines = new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8));
            var need = Optional.<PossibleNeed>empty();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int blank = line.indexOf(' ');
                if (line.startsWith("#") || blank < 0) {
                    continue;
                }
                String first = line.substring(0, blank);
                String second = line.substring(blank + 1);
                if (second.startsWith("/")) {
                    all.add(first, second, need.orElseThrow());
                } else {
                    need = Optional.of(new PossibleNeed(first, Level.of(second).orElseThrow()));
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return all;
    }

    private void add(String method, String path, PossibleNeed need) {
        Part part = root;
        for (String segment : segments(path)) {
            Map<String, Part> next = segment.startsWith("{") ? part.named : part.exact;
            part = next.computeIfAbsent(segment, _ -> new Part());
        }
        part.byMethod.computeIfAbsent(method, _ -> new ArrayList<>()).add(need);
    }

    private static List<String> segments(String path) {
        return Stream.of(path.split("/", -1)).filter(part -> !part.isEmpty()).toList();
    }

    /**
     * What an event may have needed: one of them, or all.
     *
     * @return empty when that is not known
     */
    Optional<List<PossibleNeed>> of(UsageEvent event) {
        return switch (event.action()) {
            case "git.clone", "git.fetch" -> Optional.of(List.of(READ_CONTENTS));
            case "git.push" -> Optional.of(List.of(WRITE_CONTENTS, WRITE_WORKFLOWS));
            case UsageEvent.API_REQUEST ->
                of(event.request().method(), event.request().path());
            // What a request or a push has caused; that is an event of its own.
            default -> event.action().startsWith("git.") ? Optional.empty() : Optional.of(List.of());
        };
    }

    Optional<List<PossibleNeed>> of(String method, String path) {
        String plain = path.startsWith(ENTERPRISE + "/") ? path.substring(ENTERPRISE.length()) : path;
        List<String> segments = segments(plain);
        String wanted = method.equals("HEAD") ? "GET" : method;
        return find(root, segments, wanted)
                .or(() -> byName(segments).flatMap(named -> find(root, named, wanted)))
                .map(ApiPermissions::withWorkflows);
    }

    /** GitHub also takes the numbers of repositories and organizations. */
    private static Optional<List<String>> byName(List<String> segments) {
        if (segments.size() < 2) {
            return Optional.empty();
        }
        var named = new ArrayList<String>();
        switch (segments.getFirst()) {
            case "repositories" -> named.addAll(List.of("repos", "owner", "name"));
            case "organizations" -> named.addAll(List.of("orgs", "name"));
            default -> {
                return Optional.empty();
            }
        }
        named.addAll(segments.subList(2, segments.size()));
        return Optional.of(named);
    }

    private static List<PossibleNeed> withWorkflows(List<PossibleNeed> needs) {
        return needs.contains(WRITE_CONTENTS)
                ? Stream.concat(needs.stream(), Stream.of(WRITE_WORKFLOWS))
                        .distinct()
                        .toList()
                : needs;
    }

    /** Exact parts come first, as at GitHub. The table is a few parts deep, and so is the search. */
    private static Optional<List<PossibleNeed>> find(Part part, List<String> rest, String method) {
        if (rest.isEmpty()) {
            return Optional.ofNullable(part.byMethod.get(method)).map(List::copyOf);
        }
        Part exact = part.exact.get(rest.getFirst());
        Optional<List<PossibleNeed>> found =
                exact == null ? Optional.empty() : find(exact, rest.subList(1, rest.size()), method);
        for (var named : part.named.entrySet()) {
            int most = LONG.contains(named.getKey()) ? rest.size() : 1;
            for (int length = 1; found.isEmpty() && length <= most; length++) {
                found = find(named.getValue(), rest.subList(length, rest.size()), method);
            }
        }
        return found;
    }
}
