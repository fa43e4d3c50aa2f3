package dev.octosts.app.settings;

import dev.octosts.app.settings.Settings.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settings of variables that are accepted, except for some that a test changes. */
final class TestSettings {

    static final String KEY = TestKeys.pkcs8(TestKeys.RSA);
    private static final Map<String, String> ACCEPTED = Map.of(
            "STS_DOMAIN", "sts.example.com",
            "GITHUB_APP_IDS", "1001",
            "APP_SECRET_CERTIFICATE_ENV_VAR", KEY);

    private TestSettings() {}

    static Settings sound(Map<String, String> changes) {
        return switch (read(changes)) {
            case Outcome.Sound(var settings) -> settings;
            case Outcome.Faulty(var faults) -> throw new AssertionError("refused: " + faults);
        };
    }

    static List<SettingFault> faults(Map<String, String> changes) {
        return switch (read(changes)) {
            case Outcome.Sound(var settings) -> throw new AssertionError("accepted: " + settings);
            case Outcome.Faulty(var faults) -> faults;
        };
    }

    private static Outcome read(Map<String, String> changes) {
        var variables = new HashMap<>(ACCEPTED);
        variables.putAll(changes);
        return SettingsReader.read(variables, ServedParts.ALL);
    }
}
