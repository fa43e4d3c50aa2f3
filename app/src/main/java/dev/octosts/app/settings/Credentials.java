package dev.octosts.app.settings;

import dev.octosts.github.AppCredential;
import dev.octosts.github.key.PemKey;
import dev.octosts.github.key.SigningKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the GitHub Apps and their keys: {@code GITHUB_APP_IDS} with exactly one source of keys. */
final class Credentials {

    static final String APP_IDS = "GITHUB_APP_IDS";
    static final String KEY_FILE = "APP_SECRET_CERTIFICATE_FILE";
    static final String NEXT_KEY_FILE = "APP_SECRET_CERTIFICATE_FILE_NEXT";
    static final String KEY = "APP_SECRET_CERTIFICATE_ENV_VAR";

    private final Variables variables;
    private final KmsReader kms;
    private final KeySources sources;

    private Credentials(Variables variables, KmsReader kms, KeySources sources) {
        this.variables = variables;
        this.kms = kms;
        this.sources = sources;
    }

    /** Reads the Apps; empty after a fault. */
    static List<AppCredential> read(Variables variables, KmsReader kms, KeySources sources) {
        return new Credentials(variables, kms, sources).apps();
    }

    private List<AppCredential> apps() {
        if (variables.text(APP_IDS).isEmpty()) {
            variables.refuse(
                    APP_IDS,
                    variables.text(UnknownVariables.APP_ID).isPresent()
                            ? "not set, but " + UnknownVariables.APP_ID + " is; write " + APP_IDS + " for it"
                            : "not set; give the id of your GitHub App, or several with commas between");
        }
        var ids = variables.value(APP_IDS, List.<Long>of(), Credentials::ids);
        return switch (source().orElse("")) {
            case KEY_FILE ->
                withKeys(
                        ids,
                        Stream.of(NEXT_KEY_FILE, KEY_FILE)
                                .flatMap(name -> variables.value(name, sources::stored).stream())
                                .toList());
            case KEY ->
                withKeys(
                        ids,
                        variables.value(KEY, text -> new PemKey(Pem.rsaKey(text))).stream()
                                .toList());
            // After a fault of the ids their number says nothing.
            case KmsReader.KEYS -> ids.isEmpty() ? List.of() : kms.apps(ids);
            default -> List.of();
        };
    }

    private static List<AppCredential> withKeys(List<Long> ids, List<? extends SigningKey> keys) {
        return keys.isEmpty()
                ? List.of()
                : ids.stream()
                        .distinct()
                        .map(id -> new AppCredential(id, List.copyOf(keys)))
                        .toList();
    }

    private static List<Long> ids(String text) {
        var ids = Stream.of(text.split(",", -1)).map(Credentials::id).toList();
        if (ids.size() > AppSettings.MAX_APPS) {
            throw new IllegalArgumentException("more than " + AppSettings.MAX_APPS + " Apps");
        }
        return ids;
    }

    private static Long id(String text) {
        var id = text.strip();
        if (!id.matches("[0-9]{1,18}") || Long.parseLong(id) == 0) {
            throw new IllegalArgumentException(SettingFault.quoted(text)
                    + " is not the id of a GitHub App; ids are positive numbers, with commas between");
        }
        return Long.valueOf(id);
    }

    /** The only variable that gives the keys; empty after a fault. */
    private Optional<String> source() {
        var sources = Stream.of(KmsReader.KEYS, KEY_FILE, KEY)
                .filter(name -> variables.text(name).isPresent())
                .toList();
        if (sources.isEmpty()) {
            variables.refuse(
                    KEY_FILE,
                    "not set; give the path of the App's private key, or the key itself in " + KEY
                            + ", or the name of a key in a key management service in " + KmsReader.KEYS);
            return Optional.empty();
        }
        if (variables.text(NEXT_KEY_FILE).isPresent() && !sources.contains(KEY_FILE)) {
            variables.refuse(
                    NEXT_KEY_FILE, "set without " + KEY_FILE + ", which is the present one; set both or that one");
        }
        if (sources.size() > 1) {
            variables.refuse(
                    String.join(" and ", sources),
                    "set together; only one of " + KmsReader.KEYS + ", " + KEY_FILE + ", " + KEY + " may be set");
            return Optional.empty();
        }
        return Optional.of(sources.getFirst());
    }
}
