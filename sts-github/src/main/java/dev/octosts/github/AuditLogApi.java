package dev.octosts.github;

import dev.octosts.api.InstallationToken;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpGet;

/**
 * Reads the audit log of an organization. A command asks this, and an exchange never does. As in {@link GitHub}, calls
 * do not throw.
 *
 * @see <a href="https://docs.github.com/enterprise-cloud@latest/rest/orgs/orgs#get-the-audit-log-for-an-organization">GitHub:
 *     get the audit log for an organization</a>
 */
public final class AuditLogApi {

    /** The permission that a token needs to read it. */
    public static final String PERMISSION = "organization_administration";

    private static final int PAGE = 100;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'");
    private static final Pattern NEXT =
            Pattern.compile("<[^<>]*[?&]after=([^&<>]{1,1000})[^<>]*>\\s*;\\s*rel=\"next\"");

    private final Transport transport;
    private final Addresses addresses;

    AuditLogApi(Transport transport, Addresses addresses) {
        this.transport = transport;
        this.addresses = addresses;
    }

    /**
     * A page of events.
     *
     * @param json an array of them, as GitHub has sent it
     * @param next where the next page begins; empty on the last one
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record EventPage(byte[] json, Optional<String> next) {}

    /**
     * Reads a page of all events since a time, the oldest first.
     *
     * @param token a token with {@code organization_administration: read} of the organization
     * @param after where the page begins; empty for the first one
     */
    public GitHubResult<EventPage> page(InstallationToken token, String organization, Instant since, String after) {
        String created = "created:>=" + TIME.format(since.atOffset(ZoneOffset.UTC));
        URI address = addresses.auditLog(
                organization,
                "?phrase=" + Addresses.segment(created) + "&include=all&order=asc&per_page=" + PAGE
                        + (after.isEmpty() ? "" : "&after=" + Addresses.segment(after)));
        return ResultReader.ask(
                () -> transport.anonymous(GitHub.authorized(new HttpGet(address), token.value())),
                answer -> new EventPage(answer.body(), next(answer)));
    }

    /** The cursor alone is taken from the header: a token goes to no address that an answer names. */
    private static Optional<String> next(HttpAnswer answer) {
        String link = answer.header("Link");
        if (link == null) {
            return Optional.empty();
        }
        Matcher found = NEXT.matcher(link);
        return found.find() ? Optional.of(URLDecoder.decode(found.group(1), StandardCharsets.UTF_8)) : Optional.empty();
    }
}
