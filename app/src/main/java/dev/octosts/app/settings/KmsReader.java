package dev.octosts.app.settings;

import dev.octosts.app.keys.SecretSource;
import dev.octosts.github.AppCredential;
import dev.octosts.github.key.SigningKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads which key management service has the Apps' keys, and the names of the keys there. Names are taken as they are
 * written, blanks included: each service has rules of its own.
 */
final class KmsReader {

    static final String KEYS = "KMS_KEYS";
    static final String NEXT_KEYS = "KMS_KEYS_NEXT";
    static final String PROVIDER = "KMS_PROVIDER";

    private static final String USUAL_PROVIDER = "gcp";
    private static final List<String> PROVIDERS = List.of("gcp", "aws", "akv", "vault", "pkcs11");
    private static final int LONGEST_NAME = 2_048;
    private static final Pattern KEY_VAULT_KEY = Pattern.compile("https://[^/\\s?#@]+/keys/[^/\\s?#]+(/[^/\\s?#]+)?");

    private final Variables variables;
    private final KeySources sources;
    private boolean refused;

    KmsReader(Variables variables, KeySources sources) {
        this.variables = variables;
        this.sources = sources;
    }

    /** The Apps with their keys, by position; an App without a name of a key is left out. Empty after a fault. */
    List<AppCredential> apps(List<Long> ids) {
        var names = names(KEYS, ids);
        var next = variables.text(NEXT_KEYS).isEmpty() ? Collections.nCopies(names.size(), "") : names(NEXT_KEYS, ids);
        if (names.isEmpty() || next.isEmpty()) {
            return List.of();
        }
        if (names.stream().allMatch(String::isEmpty)) {
            variables.refuse(KEYS, "no apps with valid KMS keys configured; give at least one App the name of its key");
            return List.of();
        }
        var apps = new ArrayList<AppCredential>();
        for (int index = 0; index < names.size(); index++) {
            long id = ids.get(index);
            if (names.get(index).isEmpty()) {
                variables.notice(KEYS + " has no key for App " + id + ", which is left out");
            } else if (apps.stream().noneMatch(known -> known.appId() == id)) {
                var keys = Stream.of(next.get(index), names.get(index))
                        .filter(name -> !name.isEmpty())
                        .flatMap(name -> named(name).stream())
                        .toList();
                if (!keys.isEmpty()) {
                    apps.add(new AppCredential(id, keys));
                }
            }
        }
        return apps;
    }

    /** The names in a variable, one for each App; empty after a fault. */
    private List<String> names(String variable, List<Long> ids) {
        var names = List.of(variables.text(variable).orElse("").split(",", -1));
        if (names.size() == ids.size()) {
            return names;
        }
        variables.refuse(
                variable,
                variable + " length (" + names.size() + ") must match " + Credentials.APP_IDS + " length (" + ids.size()
                        + "); give a key for each App, and nothing between two commas for an App without one");
        return List.of();
    }

    private Optional<SigningKey> named(String name) {
        try {
            return key(name);
        } catch (IllegalArgumentException wrong) {
            variables.refuse(KEYS, String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    /**
     * A key of the service.
     *
     * @return empty when the service is none, which is reported once
     * @throws IllegalArgumentException when the name is none
     */
    Optional<SigningKey> key(String name) {
        var provider = provider();
        if (provider.isEmpty()) {
            return Optional.empty();
        }
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the name of a key is longer than " + LONGEST_NAME
                    + " characters, or has a line end in it; give one name");
        }
        if (provider.get().equals("akv") && !KEY_VAULT_KEY.matcher(name).matches()) {
            throw new IllegalArgumentException("invalid Key Vault key identifier " + SettingFault.quoted(name)
                    + ": want https://<vault>/keys/<name>[/<version>]");
        }
        return Optional.of(sources.inService(provider.get(), name));
    }

    /** Whether the keys of the variables are in a service; then secrets are in its manager of secrets, as there. */
    boolean hasSecrets() {
        return variables.text(KEYS).isPresent()
                && variables.text(AppSettings.CONFIG_FILE).isEmpty();
    }

    /**
     * Where a secret is in the provider's manager of secrets.
     *
     * @return empty when the provider is none, which is reported once
     */
    Optional<SecretSource> secret(String name) {
        return provider().map(provider -> sources.inManager(provider, name));
    }

    /** The provider, as part of a message. */
    String atProvider() {
        return provider().map(provider -> " at " + provider).orElse("");
    }

    private Optional<String> provider() {
        // Set to nothing is not the usual one: the reference refuses it, too.
        var given = variables.mentions(PROVIDER) ? variables.text(PROVIDER).orElse("") : USUAL_PROVIDER;
        var provider = given.toLowerCase(Locale.ROOT);
        if (PROVIDERS.contains(provider)) {
            return Optional.of(provider);
        }
        if (!refused) {
            refused = true;
            variables.refuse(
                    PROVIDER,
                    "unsupported kms provider " + SettingFault.quoted(given) + "; give one of "
                            + String.join(", ", PROVIDERS));
        }
        return Optional.empty();
    }
}
