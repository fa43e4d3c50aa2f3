package dev.octosts.app.settings;

import dev.octosts.github.AppCredential;
import java.util.List;
import java.util.Map;

/**
 * Reads the GitHub Apps and the owners that they serve: from {@code APP_CONFIG_FILE}, or else one pool for all owners
 * from the variables.
 */
final class AppSettings {

    static final String CONFIG_FILE = "APP_CONFIG_FILE";
    static final String EVERYBODY_ELSE = "*";
    static final int MAX_APPS = 1_000;

    /** The variables that the file replaces. */
    private static final List<String> IGNORED = List.of(
            Credentials.APP_IDS,
            Credentials.KEY_FILE,
            Credentials.NEXT_KEY_FILE,
            Credentials.KEY,
            KmsReader.KEYS,
            KmsReader.NEXT_KEYS);

    private AppSettings() {}

    /** Reads the Apps by owner; empty after a fault. */
    static Map<String, List<AppCredential>> read(Variables variables, KmsReader kms, KeySources sources) {
        if (variables.text(CONFIG_FILE).isEmpty()) {
            var apps = Credentials.read(variables, kms, sources);
            return apps.isEmpty() ? Map.of() : Map.of(EVERYBODY_ELSE, apps);
        }
        return AppConfigFile.read(variables, kms, sources);
    }

    /** Notices for the operator about variables that have no effect because of the file. */
    static List<String> notices(Variables variables) {
        if (variables.text(CONFIG_FILE).isEmpty()) {
            return List.of();
        }
        return IGNORED.stream()
                .filter(name -> variables.text(name).isPresent())
                .map(name -> name + " is ignored: " + CONFIG_FILE + " names the Apps and their keys")
                .toList();
    }
}
