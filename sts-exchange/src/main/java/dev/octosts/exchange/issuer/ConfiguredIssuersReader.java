package dev.octosts.exchange.issuer;

import dev.octosts.exchange.jose.BoundedJson;
import dev.octosts.exchange.jose.JwsAlgorithm;
import dev.octosts.exchange.jose.KeySet;
import dev.octosts.exchange.jose.MalformedException;
import dev.octosts.policy.Formats;
import dev.octosts.policy.yaml.YamlData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Reads the operator's file of issuers, and the files that it names. Their paths are relative to its own folder. */
final class ConfiguredIssuersReader {
    private static final int MAX_ISSUERS = 1_000;
    private static final int MAX_FILE = 1024 * 1024;
    private static final int MAX_NAME = 100;
    private static final int MAX_VALUES = 100_000;
    private static final Set<String> KEYS = Set.of(
            "issuer", "name", "jwks", "jwks_file", "ca_file", "private_network", "shared", "algorithms", "audience");
    /** RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1: what only the holder of the private or shared key may know. */
    private static final Set<String> SECRET_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private final Path file;
    private final List<String> faults = new ArrayList<>();

    private ConfiguredIssuersReader(Path file) {
        this.file = file;
    }

    /**
     * Reads the file.
     *
     * @return what the operator wrote about each issuer, by its name in tokens
     * @throws IllegalArgumentException with everything that is wrong with it; the message contains nothing of a key
     */
    static Map<String, ConfiguredIssuer> read(Path file) {
        var reader = new ConfiguredIssuersReader(file);
        var issuers = reader.issuers();
        if (!reader.faults.isEmpty()) {
            throw new IllegalArgumentException(file + ": " + String.join("; ", reader.faults));
        }
        return issuers;
    }

    private Map<String, ConfiguredIssuer> issuers() {
        byte[] yaml = content(String.valueOf(file.getFileName()), "the file");
        if (!faults.isEmpty()) {
            return Map.of();
        }
        YamlData data = YamlData.read(yaml);
        data.faults().forEach(fault -> faults.add("line " + fault.line() + ": " + fault.message()));
        if (!faults.isEmpty()) {
            return Map.of();
        }
        var found = new LinkedHashMap<String, ConfiguredIssuer>();
        if (!(data.value().orElse(Map.of()) instanceof Map<?, ?> root
                && root.keySet().equals(Set.of("issuers"))
                && root.get("issuers") instanceof List<?> entries)) {
            faults.add("one key is expected, issuers, with a list of issuers");
        } else if (entries.size() > MAX_ISSUERS) {
            faults.add(entries.size() + " issuers; at most " + MAX_ISSUERS + " are allowed");
        } else {
            entries.forEach(entry -> add(entry, found));
        }
        return found;
    }

    private void add(Object entry, Map<String, ConfiguredIssuer> found) {
        if (!(entry instanceof Map<?, ?> written)
                || !(written.get("issuer") instanceof String issuer)
                || !Formats.isIssuer(issuer)) {
            faults.add("an entry has no issuer; give it as tokens name it, with https://");
            return;
        }
        written.keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .forEach(key -> fault(issuer, "unknown key " + key + "; known are " + sorted(KEYS)));
        if (found.containsKey(issuer)) {
            fault(issuer, "listed twice");
            return;
        }
        var definition = new StringBuilder(written.toString());
        Optional<KeySet> keys = keys(issuer, written, definition);
        Optional<SSLContext> trust = trust(issuer, written, definition);
        found.put(
                issuer,
                new ConfiguredIssuer(
                        issuer,
                        text(issuer, written, "name").orElse(issuer),
                        definition.toString(),
                        keys,
                        trust,
                        isTrue(issuer, written, "private_network"),
                        isTrue(issuer, written, "shared"),
                        algorithms(issuer, written),
                        Set.copyOf(texts(issuer, written, "audience"))));
    }

    private Optional<KeySet> keys(String issuer, Map<?, ?> written, StringBuilder definition) {
        Object inline = written.get("jwks");
        Optional<String> path = text(issuer, written, "jwks_file");
        if (inline != null && path.isPresent()) {
            fault(issuer, "jwks and jwks_file exclude each other");
            return Optional.empty();
        }
        if (inline instanceof Map<?, ?> document) {
            return keySet(issuer, "jwks", document);
        }
        if (inline != null) {
            fault(issuer, "jwks is not a key set; give the JSON of a JWKS document");
        }
        return path.flatMap(name -> keys(issuer, name, definition));
    }

    private Optional<KeySet> keys(String issuer, String name, StringBuilder definition) {
        byte[] json = content(name, "jwks_file of " + issuer);
        definition.append(new String(json, StandardCharsets.UTF_8));
        try {
            return json.length == 0 ? Optional.empty() : keySet(issuer, name, BoundedJson.object(json, MAX_VALUES));
        } catch (MalformedException e) {
            fault(issuer, name + " is not JSON: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<KeySet> keySet(String issuer, String source, Map<?, ?> document) {
        if (document.get("keys") instanceof List<?> keys) {
            Optional<String> secret = keys.stream()
                    .flatMap(key -> key instanceof Map<?, ?> jwk ? jwk.keySet().stream() : Stream.empty())
                    .map(String::valueOf)
                    .filter(SECRET_MEMBERS::contains)
                    .findFirst();
            if (secret.isPresent()) {
                fault(
                        issuer,
                        source + " holds a private key (member " + secret.get()
                                + "); put the public key alone there, and consider this one compromised");
                return Optional.empty();
            }
        }
        try {
            KeySet keys = KeySet.of(document);
            if (keys.isUsable()) {
                return Optional.of(keys);
            }
            fault(issuer, source + " holds no key that can verify a signature");
        } catch (MalformedException e) {
            fault(issuer, source + ": " + e.getMessage());
        }
        return Optional.empty();
    }

    private Optional<SSLContext> trust(String issuer, Map<?, ?> written, StringBuilder definition) {
        return text(issuer, written, "ca_file").flatMap(name -> {
            byte[] pem = content(name, "ca_file of " + issuer);
            definition.append(new String(pem, StandardCharsets.UTF_8));
            try {
                Collection<? extends Certificate> roots =
                        CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
                if (!roots.isEmpty()) {
                    return Optional.of(trusting(roots));
                }
                fault(issuer, name + " holds no certificate in PEM form");
            } catch (CertificateException e) {
                fault(issuer, name + " holds something else than certificates in PEM form");
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("no TLS on this JVM", e);
            }
            return Optional.empty();
        });
    }

    private static SSLContext trusting(Collection<? extends Certificate> roots)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate root : roots) {
            store.setCertificateEntry("root-" + store.size(), root);
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private boolean isTrue(String issuer, Map<?, ?> written, String key) {
        Object value = written.get(key);
        if (value != null && !value.equals("true") && !value.equals("false")) {
            fault(issuer, key + " is neither true nor false");
        }
        return "true".equals(value);
    }

    private Set<JwsAlgorithm> algorithms(String issuer, Map<?, ?> written) {
        var algorithms = EnumSet.noneOf(JwsAlgorithm.class);
        for (String name : texts(issuer, written, "algorithms")) {
            JwsAlgorithm.named(name)
                    .ifPresentOrElse(
                            algorithms::add,
                            () -> fault(
                                    issuer,
                                    "unknown algorithm " + name + "; known are "
                                            + Stream.of(JwsAlgorithm.values())
                                                    .map(JwsAlgorithm::joseName)
                                                    .collect(Collectors.joining(", "))));
        }
        return algorithms;
    }

    private Optional<String> text(String issuer, Map<?, ?> written, String key) {
        Object value = written.get(key);
        if (value instanceof String text && !text.isBlank() && (!key.equals("name") || text.length() <= MAX_NAME)) {
            return Optional.of(text);
        }
        if (value != null) {
            fault(issuer, key + " is not a text, or too long");
        }
        return Optional.empty();
    }

    /** One text, or a list of them. */
    private List<String> texts(String issuer, Map<?, ?> written, String key) {
        return switch (written.get(key)) {
            case null -> List.of();
            case String text when !text.isBlank() -> List.of(text);
            case List<?> list
            when !list.isEmpty() && list.stream().allMatch(String.class::isInstance) ->
                list.stream().map(String.class::cast).toList();
            default -> {
                fault(issuer, key + " is neither a text nor a list of texts");
                yield List.of();
            }
        };
    }

    private byte[] content(String name, String what) {
        try (var in = Files.newInputStream(file.toAbsolutePath().resolveSibling(name))) {
            byte[] content = in.readNBytes(MAX_FILE + 1);
            if (content.length <= MAX_FILE) {
                return content;
            }
            faults.add(what + " is larger than " + MAX_FILE + " bytes");
        } catch (IOException | InvalidPathException _) {
            faults.add(what + " cannot be read: " + name);
        }
        return new byte[0];
    }

    private void fault(String issuer, String problem) {
        faults.add(issuer + ": " + problem);
    }

    private static String sorted(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
