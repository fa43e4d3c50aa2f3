package dev.octosts.app.settings;

import dev.octosts.api.trace.TraceSettings;
import dev.octosts.api.trace.TraceSettings.Sampling;
import dev.octosts.app.logging.Scrub;
import dev.octosts.exchange.ExchangeSettings;
import dev.octosts.policy.text.SafeText;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads OpenTelemetry's own variables. Requests are recorded where the address of a collector is given, or {@code otlp}
 * as the exporter of traces.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/">OpenTelemetry: the exporter's variables</a>
 */
final class TraceReader {

    private static final String OTLP = "OTEL_EXPORTER_OTLP_";
    private static final String OF_TRACES = OTLP + "TRACES_";
    private static final String ENDPOINT = "ENDPOINT";
    private static final String DISABLED = "OTEL_SDK_DISABLED";
    private static final String EXPORTER = "OTEL_TRACES_EXPORTER";
    private static final String SAMPLER = "OTEL_TRACES_SAMPLER";
    private static final String SAMPLER_ARG = "OTEL_TRACES_SAMPLER_ARG";
    private static final String SERVICE = "OTEL_SERVICE_NAME";
    private static final String RESOURCE = "OTEL_RESOURCE_ATTRIBUTES";

    private static final URI USUAL = URI.create("http://localhost:4318/v1/traces");
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);
    private static final int LONGEST_TIMEOUT = 60_000;
    private static final int MOST_PAIRS = 64;
    private static final int LONGEST = 80;

    /** Beginnings of names that OpenTelemetry has and this program does not read. */
    private static final List<String> UNREAD = List.of("OTEL_BSP_", "OTEL_SPAN_", "OTEL_PROPAGATORS");

    private static final Set<String> READ = Set.of(ENDPOINT, "HEADERS", "PROTOCOL", "TIMEOUT", "COMPRESSION");

    /** Fields of HTTP that the client itself writes. */
    private static final Set<String> OF_THE_CLIENT =
            Set.of("connection", "content-encoding", "content-length", "content-type", "expect", "host", "upgrade");

    private final Variables variables;

    private TraceReader(Variables variables) {
        this.variables = variables;
    }

    /** How requests are recorded; empty when they are not, or after a fault. */
    static Optional<TraceSettings> read(Variables variables, ExchangeSettings exchange) {
        var reader = new TraceReader(variables);
        return reader.isWanted() ? Optional.of(reader.settings(exchange)) : Optional.empty();
    }

    private boolean isWanted() {
        boolean disabled = variables.value(DISABLED, false, TraceReader::bool);
        var exporter = variables.value(EXPORTER, TraceReader::exporter);
        boolean addressed = variables.text(OF_TRACES + ENDPOINT).isPresent()
                || variables.text(OTLP + ENDPOINT).isPresent();
        return !disabled && exporter.map(name -> name.equals("otlp")).orElse(addressed);
    }

    /** OpenTelemetry knows one text for yes, and everything else is no. Here a misspelt yes is a fault. */
    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(SettingFault.quoted(text) + " is neither true nor false");
        };
    }

    private static String exporter(String text) {
        if (!text.equals("otlp") && !text.equals("none")) {
            throw new IllegalArgumentException(
                    SettingFault.quoted(text) + " is not an exporter of this program; give otlp or none");
        }
        return text;
    }

    private TraceSettings settings(ExchangeSettings exchange) {
        notice();
        variables.value(given("PROTOCOL"), TraceReader::protocol);
        return new TraceSettings(
                endpoint(),
                variables.value(given("HEADERS"), Map.<String, String>of(), TraceReader::headers),
                variables.value(given("TIMEOUT"), USUAL_TIMEOUT, TraceReader::timeout),
                variables.value(given("COMPRESSION"), false, TraceReader::gzip),
                sampling(),
                resource(),
                exchange.egress(),
                TraceReader::masked);
    }

    /** The name of the variable for traces where it is set, else that for everything. */
    private String given(String what) {
        return variables.text(OF_TRACES + what).isPresent() ? OF_TRACES + what : OTLP + what;
    }

    private URI endpoint() {
        return variables.text(OF_TRACES + ENDPOINT).isPresent()
                ? variables.value(OF_TRACES + ENDPOINT, USUAL, TraceReader::address)
                : variables.value(OTLP + ENDPOINT, USUAL, text -> address(text.replaceFirst("/+$", "") + "/v1/traces"));
    }

    private static URI address(String text) {
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException _) {
            throw notACollector();
        }
        boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
        if (!web || address.getHost() == null || address.getRawUserInfo() != null || address.getRawFragment() != null) {
            throw notACollector();
        }
        return address;
    }

    private static IllegalArgumentException notACollector() {
        // Some collectors have a key in the path.
        return new IllegalArgumentException("this is not the address of a collector; give one with http:// or https://,"
                + " such as http://otel-collector:4318, and secrets in " + OTLP + "HEADERS");
    }

    private static String protocol(String text) {
        if (!text.equals("http/protobuf")) {
            throw new IllegalArgumentException(SettingFault.quoted(text)
                    + (text.equals("grpc") || text.equals("http/json")
                            ? " is not spoken by this program"
                            : " is not a protocol of OTLP")
                    + "; give http/protobuf, which collectors take on port 4318");
        }
        return text;
    }

    private static Duration timeout(String text) {
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > LONGEST_TIMEOUT) {
            throw new IllegalArgumentException(SettingFault.quoted(text)
                    + " is not a time in milliseconds; give a number from 1 to " + LONGEST_TIMEOUT);
        }
        return Duration.ofMillis(Integer.parseInt(text));
    }

    private static boolean gzip(String text) {
        return switch (text) {
            case "gzip" -> true;
            case "none" -> false;
            default -> throw new IllegalArgumentException(SettingFault.quoted(text) + " is neither gzip nor none");
        };
    }

    /** The messages never show a value, which may be a secret. */
    private static Map<String, String> headers(String text) {
        var headers = pairs(text, "headers");
        headers.forEach((name, value) -> {
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}")
                    || OF_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        SettingFault.quoted(name) + " cannot be a header here; write name=value, with commas between");
            }
            if (!value.matches("[\\x20-\\x7e]{0,4096}")) {
                throw new IllegalArgumentException(
                        "the value of " + SettingFault.quoted(name) + " is not plain text of at most 4096 characters");
            }
        });
        return headers;
    }

    /** Names with percent-encoded values; a plus sign is one. */
    private static Map<String, String> pairs(String text, String what) {
        var pairs = new LinkedHashMap<String, String>();
        for (String pair : text.split(",", -1)) {
            int sign = pair.indexOf('=');
            if (pair.isBlank()) {
                continue;
            }
            if (sign < 1 || pairs.size() == MOST_PAIRS) {
                throw new IllegalArgumentException("these are not up to " + MOST_PAIRS + " " + what
                        + "; write name=value, with commas between and other characters as %20");
            }
            try {
                pairs.put(
                        pair.substring(0, sign).strip(),
                        URLDecoder.decode(
                                pair.substring(sign + 1).strip().replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException _) {
                throw new IllegalArgumentException("the value of "
                        + SettingFault.quoted(pair.substring(0, sign).strip())
                        + " has a % that begins no code; write %25 for a percent sign");
            }
        }
        return pairs;
    }

    private Sampling sampling() {
        String sampler = variables.value(SAMPLER, "parentbased_always_on", TraceReader::sampler);
        boolean byParent = sampler.startsWith("parentbased_");
        return new Sampling(
                byParent,
                switch (byParent ? sampler.substring("parentbased_".length()) : sampler) {
                    case "always_off" -> 0;
                    case "traceidratio" -> variables.value(SAMPLER_ARG, 1.0, TraceReader::ratio);
                    default -> 1;
                });
    }

    private static String sampler(String text) {
        if (!text.matches("(parentbased_)?(always_on|always_off|traceidratio)")) {
            throw new IllegalArgumentException(SettingFault.quoted(text)
                    + " is not a sampler of this program; give always_on, always_off or traceidratio, with or without"
                    + " parentbased_ in front");
        }
        return text;
    }

    private static double ratio(String text) {
        if (!text.matches("[0-9]{0,3}(\\.[0-9]{1,12})?")) {
            throw notARatio(text);
        }
        double ratio = Double.parseDouble(text);
        if (ratio > 1) {
            throw notARatio(text);
        }
        return ratio;
    }

    private static IllegalArgumentException notARatio(String text) {
        return new IllegalArgumentException(
                SettingFault.quoted(text) + " is not a ratio; give a number from 0 to 1, such as 0.1");
    }

    /** {@code OTEL_SERVICE_NAME} comes before a name among the attributes. */
    private Map<String, String> resource() {
        var resource = new LinkedHashMap<String, String>();
        resource.put("service.name", "octo-sts");
        resource.putAll(variables.value(RESOURCE, Map.<String, String>of(), text -> pairs(text, "attributes")));
        variables.text(SERVICE).ifPresent(name -> resource.put("service.name", name));
        return resource;
    }

    private void notice() {
        for (String name : variables.names()) {
            boolean unread = UNREAD.stream().anyMatch(name::startsWith)
                    || (name.startsWith(OF_TRACES) && !READ.contains(name.substring(OF_TRACES.length())))
                    || (name.startsWith(OTLP) && name.contains("CERTIFICATE"))
                    || (name.startsWith(OTLP) && name.contains("CLIENT_KEY"));
            if (unread && variables.text(name).isPresent()) {
                variables.notice(SafeText.line(name, LONGEST) + " has no effect: this program does not read it");
            }
        }
    }

    private static String masked(String text) {
        var masked = Scrub.maskIfSecret(text);
        return masked == null ? text : masked;
    }
}
