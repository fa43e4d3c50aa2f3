package dev.octosts.app.settings;

import dev.octosts.api.Egress;
import dev.octosts.app.keys.KeyServices;
import dev.octosts.exchange.ExchangeSettings;
import dev.octosts.exchange.GitHubSettings;
import dev.octosts.exchange.GrantLimits;
import dev.octosts.exchange.IssuerSettings;
import dev.octosts.operators.OperatorsSettings;
import dev.octosts.policy.diagnostic.Parsed;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.repository.GitHubNames;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the variables of {@code docs/installation.md} once. The result is either valid settings, or all faults at once.
 */
public final class SettingsReader {

    static final String DRAIN = "OCTOSTS_DRAIN";
    static final String MAX_CONNECTIONS = "OCTOSTS_MAX_CONNECTIONS";
    private static final String POLICY_REPOSITORY = "ORG_POLICY_REPO";
    private static final URI GITHUB = URI.create("https://api.github.com");
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(5);
    private static final int MAX_PORT = 65_535;

    /**
     * A connection takes about 20 KB, so these take a tenth of the default heap; and with all other files they stay
     * below 1 024 descriptors.
     */
    private static final int DEFAULT_CONNECTIONS = 750;

    private static final int LEAST_CONNECTIONS = 16;
    private static final int MOST_CONNECTIONS = 100_000;
    private static final int MAX_ISSUERS = 1_000;
    private static final int MAX_GUARDRAILS = 1 << 20;
    private static final int FAULTS_TOLD = 10;

    private final Variables variables;
    private final ServedParts serving;
    private final KeySources sources;
    private final KmsReader kms;
    private @Nullable Egress egress;

    private SettingsReader(Variables variables, ServedParts serving) {
        this.variables = variables;
        this.serving = serving;
        this.sources = new KeySources(new KeyServices(variables.all(), this::egress));
        this.kms = new KmsReader(variables, sources);
    }

    /**
     * Reads the variables.
     *
     * @param variables names with their values, unknown ones included
     * @param serving which parts of the service are wanted
     */
    public static Settings.Outcome read(Map<String, String> variables, ServedParts serving) {
        return new SettingsReader(new Variables(variables), serving).read();
    }

    /**
     * The database alone, for commands that work on it.
     *
     * @throws IllegalArgumentException when there is none, or its settings are wrong; the message says what to do
     */
    public static DatabaseSettings database(Map<String, String> given) {
        var variables = new Variables(given);
        var database = StickyReader.database(variables, StickyReader.sticky(variables));
        if (!variables.faults().isEmpty()) {
            throw new IllegalArgumentException(variables.faults().getFirst().toString());
        }
        return database.orElseThrow(
                () -> new IllegalArgumentException(
                        StickyReader.URL
                                + ": not set; give the address of the service's database, such as jdbc:postgresql://db.example.com/octosts"));
    }

    private Settings.Outcome read() {
        int port = variables.value("PORT", 8080, SettingsReader::port);
        var drain = variables.value(DRAIN, Duration.ZERO, SettingsReader::drain);
        int maxConnections = variables.value(MAX_CONNECTIONS, DEFAULT_CONNECTIONS, SettingsReader::maxConnections);
        var exchange = new ExchangeSettings(
                domain(),
                gitHub(),
                policyRepository(),
                limits(),
                issuers(),
                CallerReader.read(variables, maxConnections),
                StickyReader.sticky(variables),
                egress());
        var webhook = WebhookReader.read(variables, kms, sources, serving, exchange.policyRepository());
        Optional<URI> events = variables.value(EventReader.EVENTS, EventReader::sink);
        var eventIdentity = EventReader.identity(variables, events);
        boolean metrics = variables.value("METRICS", true, GoValues::bool);
        boolean playground = variables.value("OCTOSTS_PLAYGROUND", true, GoValues::bool);
        boolean grpc = variables.value("OCTOSTS_GRPC", true, GoValues::bool);
        var logLevel = variables.value("OCTOSTS_LOG_LEVEL", Settings.LogLevel.INFO, SettingsReader::logLevel);
        var selfProbe = SelfProbeSettings.read(variables);
        var database = StickyReader.database(variables, exchange.sticky());
        var audit = AuditReader.read(variables, StickyReader.wantsDatabase(variables), sources);
        Optional<OperatorsSettings> operators = variables.text(AdminReader.PORT).isPresent()
                ? AdminReader.read(variables, port, StickyReader.wantsDatabase(variables))
                : Optional.empty();
        var traces = TraceReader.read(variables, exchange);
        var notices = UnknownVariables.check(variables);
        return variables.faults().isEmpty()
                ? new Settings.Outcome.Sound(new Settings(
                        serving,
                        port,
                        drain,
                        maxConnections,
                        metrics,
                        playground,
                        grpc,
                        logLevel,
                        exchange,
                        webhook.settings(),
                        events,
                        eventIdentity,
                        selfProbe,
                        database,
                        Reloading.of(variables, sources, exchange.gitHub().pools(), webhook.secrets()),
                        audit,
                        operators,
                        traces,
                        notices))
                : new Settings.Outcome.Faulty(variables.faults());
    }

    /** Read at its place in the documentation, or when a key or a secret has to be got before that. */
    private synchronized Egress egress() {
        var known = egress;
        if (known == null) {
            known = new Egress(TrustedCertificates.read(variables), Proxies.read(variables));
            egress = known;
        }
        return known;
    }

    static Integer port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_PORT) {
            throw new IllegalArgumentException(
                    SettingFault.quoted(text) + " is not a port; give a number from 1 to 65535");
        }
        return Integer.valueOf(text);
    }

    private static Integer maxConnections(String text) {
        boolean number = text.matches("[0-9]{1,6}");
        int connections = number ? Integer.parseInt(text) : 0;
        if (connections < LEAST_CONNECTIONS || connections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException(
                    SettingFault.quoted(text) + " is not a number of connections; give one from " + LEAST_CONNECTIONS
                            + " to " + MOST_CONNECTIONS);
        }
        return connections;
    }

    private static Duration drain(String text) {
        var duration = GoValues.duration(text);
        if (duration.isNegative() || duration.compareTo(LONGEST_DRAIN) > 0) {
            throw new IllegalArgumentException(
                    SettingFault.quoted(text) + " is not from 0s to 5m; give a time such as 5s");
        }
        return duration;
    }

    private String domain() {
        if (variables.text("STS_DOMAIN").isEmpty() && serving.exchanges()) {
            variables.refuse("STS_DOMAIN", "not set; give the host name of this service, such as sts.example.com");
        }
        return variables.value("STS_DOMAIN", "", SettingsReader::hostName);
    }

    private static String hostName(String text) {
        if (!text.matches("[A-Za-z0-9._:\\[\\]-]{1,255}")) {
            throw new IllegalArgumentException(
                    SettingFault.quoted(text) + " is not a host name; give it without https:// and without a path");
        }
        return text;
    }

    private GitHubSettings gitHub() {
        return new GitHubSettings(
                address(variables),
                AppSettings.read(variables, kms, sources),
                QuotaReader.read(variables),
                QuotaReader.readTokens(variables));
    }

    /** The address of GitHub's API. */
    static URI address(Variables variables) {
        return variables.value("GITHUB_BASE_URL", GITHUB, SettingsReader::gitHub);
    }

    private static URI gitHub(String text) {
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException _) {
            throw notGitHub(text);
        }
        if (!"https".equals(address.getScheme())
                || address.getHost() == null
                || Stream.of(address.getRawUserInfo(), address.getRawQuery(), address.getRawFragment())
                        .anyMatch(part -> part != null)) {
            throw notGitHub(text);
        }
        return URI.create(text.replaceFirst("/+$", ""));
    }

    private static IllegalArgumentException notGitHub(String text) {
        // A user name in front of the host would be a secret.
        return new IllegalArgumentException((text.contains("@") ? "this" : SettingFault.quoted(text))
                + " is not an https address of a GitHub API; give one like https://ghe.example.com/api/v3");
    }

    private String policyRepository() {
        if (variables.mentions(POLICY_REPOSITORY)
                && variables.text(POLICY_REPOSITORY).isEmpty()) {
            variables.refuse(POLICY_REPOSITORY, "empty; give the name of a repository, or remove it for .github");
        }
        return variables.value(POLICY_REPOSITORY, ".github", SettingsReader::repository);
    }

    private static String repository(String text) {
        if (!GitHubNames.isRepository(text)) {
            throw new IllegalArgumentException(
                    SettingFault.quoted(text) + " is not the name of a repository; give it without its owner");
        }
        return text;
    }

    private GrantLimits limits() {
        return new GrantLimits(
                variables.value("OCTOSTS_GUARDRAILS_FILE", SettingsReader::guardrails),
                variables.value("OCTOSTS_READ_ONLY", false, GoValues::bool));
    }

    private static Guardrails guardrails(String path) {
        return switch (Guardrails.read(BoundedFile.bytes(path, MAX_GUARDRAILS))) {
            case Parsed.Valid(var guardrails) -> guardrails;
            case Parsed.Invalid(var faults) ->
                throw new IllegalArgumentException("the file " + SettingFault.quoted(path) + " is not sound: "
                        + faults.stream()
                                .limit(FAULTS_TOLD)
                                .map(fault -> fault.line() + ":" + fault.column() + " " + fault.message())
                                .collect(Collectors.joining("; ")));
        };
    }

    private IssuerSettings issuers() {
        return new IssuerSettings(
                variables.value("OCTOSTS_ALLOWED_ISSUERS", Set.<String>of(), SettingsReader::issuerList),
                variables.value("OCTOSTS_ISSUER_ALLOW_LOOPBACK", false, GoValues::bool),
                variables.value("OCTOSTS_ISSUER_ALLOW_PRIVATE", false, GoValues::bool),
                variables.value("OCTOSTS_ISSUERS_FILE", path -> IssuerSettings.checked(Path.of(path))));
    }

    private static Set<String> issuerList(String text) {
        var issuers = Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(issuer -> !issuer.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        if (issuers.isEmpty() || issuers.size() > MAX_ISSUERS) {
            throw new IllegalArgumentException("give between 1 and " + MAX_ISSUERS + " issuers, with commas between");
        }
        for (String issuer : issuers) {
            if (!issuer.matches("https?://[^\\s\\p{Cntrl}?#]{1,248}")) {
                throw new IllegalArgumentException(
                        SettingFault.quoted(issuer) + " is not an issuer; give each as tokens name it, with https://");
            }
        }
        return issuers;
    }

    private static Settings.LogLevel logLevel(String text) {
        return Stream.of(Settings.LogLevel.values())
                .filter(level -> level.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(SettingFault.quoted(text)
                        + " is not a level; give one of "
                        + Stream.of(Settings.LogLevel.values())
                                .map(level -> level.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
