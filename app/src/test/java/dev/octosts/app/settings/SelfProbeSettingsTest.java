package dev.octosts.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.settings.SelfProbeSettings.Tokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelfProbeSettingsTest {

    private static final Map<String, String> COMPLETE = Map.of(
            "OCTOSTS_SELF_PROBE", "true",
            "PROBER_SCOPE", "o/r",
            "PROBER_IDENTITY", "prober",
            "OCTOSTS_TOKEN_FILE", "/var/run/token");

    @Test
    void is_off_unless_told() {
        var variables = new Variables(Map.of("PROBER_SCOPE", "o/r"));
        assertThat(SelfProbeSettings.read(variables)).isEmpty();
        assertThat(variables.faults()).isEmpty();
    }

    @Test
    void takes_the_names_of_probers() {
        assertThat(SelfProbeSettings.read(new Variables(COMPLETE)))
                .contains(new SelfProbeSettings(
                        "o/r",
                        "prober",
                        Optional.empty(),
                        Duration.ofMinutes(5),
                        new Tokens.File(Path.of("/var/run/token"))));
    }

    @ParameterizedTest
    @CsvSource({
        "OCTOSTS_SELF_PROBE, yes, OCTOSTS_SELF_PROBE",
        "PROBER_SCOPE, '', PROBER_SCOPE",
        "PROBER_IDENTITY, '', PROBER_IDENTITY",
        "OCTOSTS_SELF_PROBE_INTERVAL, 5, OCTOSTS_SELF_PROBE_INTERVAL",
        "OCTOSTS_SELF_PROBE_INTERVAL, 1s, OCTOSTS_SELF_PROBE_INTERVAL",
        "OCTOSTS_SELF_PROBE_TOKENS, ibm, OCTOSTS_SELF_PROBE_TOKENS",
    })
    void names_the_variable_that_is_wrong(String name, String value, String named) {
        var changed = new HashMap<>(COMPLETE);
        changed.put(name, value);
        var variables = new Variables(changed);
        var _ = SelfProbeSettings.read(variables);
        assertThat(variables.faults()).singleElement().asString().startsWith(named);
    }

    @ParameterizedTest
    @CsvSource({"google, GOOGLE", "azure, AZURE", "aws, AWS"})
    void knows_platforms(String text, Tokens.Platform platform) {
        var changed = new HashMap<>(COMPLETE);
        changed.put("OCTOSTS_SELF_PROBE_TOKENS", text);
        assertThat(SelfProbeSettings.read(new Variables(changed)))
                .hasValueSatisfying(settings -> assertThat(settings.tokens()).isEqualTo(platform));
    }
}
