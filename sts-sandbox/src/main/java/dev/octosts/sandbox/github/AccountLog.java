package dev.octosts.sandbox.github;

import dev.octosts.sandbox.http.Reply;
import dev.octosts.sandbox.http.Request;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * The audit log of an organization of GitHub Enterprise Cloud.
 *
 * @see <a href="https://docs.github.com/enterprise-cloud@latest/rest/orgs/orgs#get-the-audit-log-for-an-organization">GitHub:
 *     get the audit log for an organization</a>
 */
public final class AccountLog {
    private static final Pattern SINCE = Pattern.compile("created:>=(\\S+)");

    private final Account account;
    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private volatile boolean shown = true;

    AccountLog(Account account) {
        this.account = account;
    }

    private record Entry(Instant at, boolean git, JsonObject json) {}

    /** Whether the organization has the log in the API, as those of GitHub Enterprise Cloud have it. */
    public AccountLog shown(boolean wanted) {
        shown = wanted;
        return this;
    }

    boolean isShown() {
        return shown;
    }

    /**
     * Adds an event.
     *
     * @param token the token that was used; empty when none was
     * @param repository with its owner
     * @param more further members
     */
    public AccountLog add(Instant at, String action, String token, String repository, Map<String, String> more) {
        boolean git = action.startsWith("git.");
        var json = Json.object()
                .add("@timestamp", at.toEpochMilli())
                .add(
                        "_document_id",
                        hash(at + action + repository + token + more + entries.size())
                                .substring(0, 22))
                .add("action", action)
                .add("actor", "octo-sts[bot]")
                .add("actor_id", 4711)
                .add("actor_location", Json.object().add("country_code", "US").add("country_name", "US"))
                .add("created_at", at.toEpochMilli())
                .add("operation_type", git ? "access" : "modify")
                .add("org", account.login())
                .add("org_id", account.id())
                .add("repo", repository);
        if (!token.isEmpty()) {
            json.add("hashed_token", hash(token)).add("programmatic_access_type", "GitHub App server-to-server token");
        }
        more.forEach(json::add);
        entries.add(new Entry(at, git, json.build()));
        return this;
    }

    static String hash(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The page that is asked for. A cursor is the number of events before it. */
    Reply reply(Request request, String baseUrl) {
        Optional<Instant> since;
        int after;
        try {
            since = since(request.parameter("phrase").orElse(""));
            after = request.parameter("after").map(AccountLog::cursor).orElse(0);
        } catch (DateTimeException | IllegalArgumentException malformed) {
            return Replies.unprocessable("Validation Failed");
        }
        String include = request.parameter("include").orElse("web");
        boolean ascending = request.parameter("order").orElse("desc").equals("asc");
        var order = Comparator.comparing(Entry::at);
        var found = new ArrayList<>(entries.stream()
                .filter(entry -> include.equals("all") || include.equals(entry.git() ? "git" : "web"))
                .filter(entry -> since.filter(entry.at()::isBefore).isEmpty())
                .sorted(ascending ? order : order.reversed())
                .toList());
        var paging = Paging.of(request, baseUrl);
        int end = Math.min(found.size(), after + paging.size());
        var page = found.subList(Math.min(after, found.size()), end);
        String next = end < found.size()
                ? "<%s/organizations/%d/audit-log?per_page=%d&include=%s&after=%s&before=>; rel=\"next\""
                        .formatted(baseUrl, account.id(), paging.size(), include, cursorOf(end))
                : "";
        return Replies.page(
                page.stream().map(Entry::json).collect(Json.toArray()).build(), next);
    }

    private static Optional<Instant> since(String phrase) {
        var found = SINCE.matcher(phrase);
        return found.find() ? Optional.of(OffsetDateTime.parse(found.group(1)).toInstant()) : Optional.empty();
    }

    private static String cursorOf(int number) {
        return Base64.getUrlEncoder()
                .encodeToString(("MS|" + number).getBytes(StandardCharsets.UTF_8))
                .replace("=", "%3D");
    }

    private static int cursor(String text) {
        var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        return Math.max(0, Integer.parseInt(plain.substring(plain.indexOf('|') + 1)));
    }
}
