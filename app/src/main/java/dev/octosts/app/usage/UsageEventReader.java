package dev.octosts.app.usage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.octosts.api.Sha256;
import dev.octosts.policy.text.SafeText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads events of GitHub's audit log. Fields that are not known here are passed over; what has the wrong form makes no
 * event.
 *
 * @see <a
 *     href="https://docs.github.com/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise/identifying-audit-log-events-performed-by-an-access-token">GitHub:
 *     events performed by an access token</a>
 */
final class UsageEventReader {

    private static final int DEEPEST = 64;
    private static final int LONGEST_TEXT = 1 << 20;
    private static final int LONGEST_NUMBER = 40;
    private static final int LONGEST_ID = 128;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_PATH = 512;
    private static final int LONGEST_METHOD = 16;
    private static final int SHA256_BYTES = 32;

    /** Above it a number of a time is in milliseconds, as GitHub writes it. */
    private static final long MILLISECONDS = 100_000_000_000L;

    /** Before it there was no GitHub. */
    private static final Instant EARLIEST = Instant.parse("2008-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2999-01-01T00:00:00Z");

    private static final Pattern RUN = Pattern.compile("[0-9]{1,20}");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]{2,45}");

    /** What is read of an event, and no more. */
    private static final Set<String> WANTED = Set.of(
            "_document_id",
            "@timestamp",
            "created_at",
            "action",
            "hashed_token",
            "org",
            "repo",
            "repository",
            "request_method",
            "url_path",
            "status_code",
            "actor_ip",
            "workflow_run_id");

    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxNameLength(LONGEST_NAME * 4)
                    .build())
            .build();

    private UsageEventReader() {}

    /** The event in a text; empty when there is none, or more than one. */
    static Optional<UsageEvent> read(byte[] json, int length) {
        try (JsonParser parser = JSON.createParser(json, 0, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Optional<UsageEvent> event = next(parser);
            return parser.nextToken() == null ? event : Optional.empty();
        } catch (JsonProcessingException broken) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * The event that begins where the parser is.
     *
     * @return empty when the object is no event
     * @throws JsonProcessingException when it is no JSON
     */
    static Optional<UsageEvent> next(JsonParser parser) throws IOException {
        Map<String, String> fields = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (name.equals("actor_location") && parser.currentToken() == JsonToken.START_OBJECT) {
                location(parser, fields);
            } else if (WANTED.contains(name)) {
                text(parser).ifPresent(text -> fields.put(name, text));
            } else {
                parser.skipChildren();
            }
        }
        return event(fields);
    }

    private static void location(JsonParser parser, Map<String, String> fields) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean country = parser.currentName().equals("country_code");
            parser.nextToken();
            if (country) {
                text(parser).ifPresent(text -> fields.put("country", text));
            } else {
                parser.skipChildren();
            }
        }
    }

    /** A text, a number, or the first of a list of them. */
    private static Optional<String> text(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            Optional<String> first = Optional.empty();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                Optional<String> element = text(parser);
                first = first.isPresent() ? first : element;
            }
            return first;
        }
        if (token == JsonToken.START_OBJECT) {
            parser.skipChildren();
            return Optional.empty();
        }
        return token == JsonToken.VALUE_STRING || (token != null && token.isNumeric())
                ? Optional.of(parser.getText())
                : Optional.empty();
    }

    private static Optional<UsageEvent> event(Map<String, String> fields) {
        String action = SafeText.line(fields.getOrDefault("action", ""), LONGEST_NAME / 2);
        Optional<Instant> at = time(fields.getOrDefault("@timestamp", fields.getOrDefault("created_at", "")));
        if (action.isEmpty() || at.isEmpty()) {
            return Optional.empty();
        }
        String repository = name(fields.getOrDefault("repo", fields.getOrDefault("repository", "")));
        int slash = repository.indexOf('/');
        String owner = slash > 0 ? repository.substring(0, slash) : name(fields.getOrDefault("org", ""));
        boolean ended = action.equals(UsageEvent.RUN_ENDED);
        String run = fields.getOrDefault("workflow_run_id", "");
        return Optional.of(new UsageEvent(
                id(fields),
                at.get(),
                token(fields.getOrDefault("hashed_token", "")),
                ended && RUN.matcher(run).matches() ? run : "",
                action,
                owner,
                slash > 0 ? repository.substring(slash + 1) : "",
                action.equals(UsageEvent.API_REQUEST) ? request(fields) : UsageEvent.ApiRequest.NONE,
                place(fields)));
    }

    /** An event without an id is the same event when it says the same. */
    private static String id(Map<String, String> fields) {
        String id = fields.getOrDefault("_document_id", "");
        return !id.isEmpty() && id.length() <= LONGEST_ID && id.equals(SafeText.ascii(id))
                ? id
                : "sha256:" + Sha256.hex(new TreeMap<>(fields).toString());
    }

    private static Optional<Instant> time(String text) {
        try {
            Instant at;
            if (text.matches("[0-9]{9,14}")) {
                long number = Long.parseLong(text);
                at = number > MILLISECONDS ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
            } else {
                at = OffsetDateTime.parse(text).toInstant();
            }
            return at.isBefore(EARLIEST) || at.isAfter(LATEST) ? Optional.empty() : Optional.of(at);
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    /** GitHub writes the hash in base64; our records have it in hexadecimal. */
    private static String token(String hash) {
        if (HEX.matcher(hash).matches()) {
            return hash.toLowerCase(Locale.ROOT);
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(hash);
            return bytes.length == SHA256_BYTES ? HexFormat.of().formatHex(bytes) : "";
        } catch (IllegalArgumentException none) {
            return "";
        }
    }

    private static String name(String text) {
        return SafeText.line(text, LONGEST_NAME).toLowerCase(Locale.ROOT);
    }

    /** A query is left out: it may have anything in it. */
    private static UsageEvent.ApiRequest request(Map<String, String> fields) {
        String path = fields.getOrDefault("url_path", "");
        int end = path.indexOf('?');
        String status = fields.getOrDefault("status_code", "");
        return new UsageEvent.ApiRequest(
                SafeText.line(fields.getOrDefault("request_method", ""), LONGEST_METHOD)
                        .toUpperCase(Locale.ROOT),
                SafeText.line(end < 0 ? path : path.substring(0, end), LONGEST_PATH),
                status.matches("[1-5][0-9]{2}") ? Integer.parseInt(status) : 0);
    }

    /**
     * The country where GitHub names it, because the addresses of hosted runners change from job to job; otherwise the
     * network, not the address.
     */
    private static String place(Map<String, String> fields) {
        String country = fields.getOrDefault("country", "");
        if (COUNTRY.matcher(country).matches()) {
            return country;
        }
        String address = fields.getOrDefault("actor_ip", "");
        if (!ADDRESS.matcher(address).matches()) {
            return "";
        }
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            var hex = HexFormat.of();
            return bytes.length == 4
                    ? (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + ".0.0/16"
                    : hex.formatHex(bytes, 0, 2) + ":" + hex.formatHex(bytes, 2, 4) + "::/32";
        } catch (IllegalArgumentException none) {
            return "";
        }
    }
}
