package dev.octosts.app.settings;

import dev.octosts.github.AppCredential;
import java.security.PrivateKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the GitHub Apps and their key: {@code GITHUB_APP_IDS} with exactly one source of a key. */
final class Credentials {

    static final String APP_IDS = "GITHUB_APP_IDS";
    static final String KEY_FILE = "APP_SECRET_CERTIFICATE_FILE";
    static final String KEY = "APP_SECRET_CERTIFICATE_ENV_VAR";
    static final String KMS_KEYS = "KMS_KEYS";
    static final String KMS_PROVIDER = "KMS_PROVIDER";

    private static final Set<String> KMS_PROVIDERS = Set.of("gcp", "aws", "akv");

    private final Variables variables;

    private Credentials(Variables variables) {
        this.variables = variables;
    }

    /** Reads the Apps; empty after a fault. */
    static List<AppCredential> read(Variables variables) {
        return new Credentials(variables).apps();
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
        var key = key(ids);
        return key.isEmpty()
                ? List.of()
                : ids.stream()
                        .distinct()
                        .map(id -> new AppCredential(id, key.get()))
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

    private Optional<PrivateKey> key(List<Long> ids) {
        var sources = Stream.of(KEY_FILE, KEY, KMS_KEYS)
                .filter(name -> variables.text(name).isPresent())
                .toList();
        if (sources.isEmpty()) {
            variables.refuse(KEY_FILE, "not set; give the path of the App's private key, or the key itself in " + KEY);
            return Optional.empty();
        }
        if (sources.size() > 1 && sources.contains(KMS_KEYS)) {
            variables.refuse(
                    KMS_KEYS,
                    "set, although the App's private key is given in "
                            + String.join(" and ", sources.subList(0, sources.size() - 1))
                            + "; keys in a cloud's key management are not supported yet, so remove " + KMS_KEYS
                            + " and " + KMS_PROVIDER);
            return Optional.empty();
        }
        if (sources.size() > 1) {
            variables.refuse(
                    String.join(" and ", sources), "set together; give exactly one source of the App's private key");
            return Optional.empty();
        }
        return switch (sources.getFirst()) {
            case KEY_FILE -> variables.value(KEY_FILE, Credentials::keyOfFile);
            case KEY -> variables.value(KEY, Pem::rsaKey);
            default -> {
                refuseKms(ids);
                yield Optional.empty();
            }
        };
    }

    static PrivateKey keyOfFile(String path) {
        var text = BoundedFile.text(path, Pem.MAX_LENGTH);
        try {
            return Pem.rsaKey(text);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "the file " + SettingFault.quoted(path) + ": " + refused.getMessage(), refused);
        }
    }

    private void refuseKms(List<Long> ids) {
        var provider = variables.text(KMS_PROVIDER).orElse("gcp");
        if (!KMS_PROVIDERS.contains(provider.toLowerCase(Locale.ROOT))) {
            variables.refuse(KMS_PROVIDER, SettingFault.quoted(provider) + " is not known; give gcp, aws or akv");
            return;
        }
        int keys = variables.text(KMS_KEYS).orElse("").split(",", -1).length;
        if (!ids.isEmpty() && keys != ids.size()) {
            variables.refuse(
                    KMS_KEYS,
                    "names " + keys + " keys for " + ids.size() + " ids in " + APP_IDS + "; give one for each");
            return;
        }
        variables.refuse(KMS_KEYS, "not supported yet; give the key as " + KEY_FILE + " or " + KEY);
    }
}
