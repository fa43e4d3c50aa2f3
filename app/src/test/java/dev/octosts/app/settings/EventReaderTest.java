package dev.octosts.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {

    private static final String METADATA = "http://metadata.google.internal";

    private static Optional<URI> identity(Variables variables) {
        return EventReader.identity(variables, variables.value(EventReader.EVENTS, EventReader::sink));
    }

    @ParameterizedTest
    @CsvSource({
        "'',                         '',     '',      ''",
        "'',                         sts,    '',      ''",
        "https://events.example.com, '',     '',      ''",
        "https://events.example.com, sts,    '',      " + METADATA,
        "https://events.example.com, sts,    none,    ''",
        "https://events.example.com, '',     google,  " + METADATA,
        "http://events.example.com,  sts,    '',      ''",
    })
    void has_an_identity_on_cloud_run_or_where_it_is_wanted_and_for_https_alone(
            String sink, String cloudRun, String wanted, String metadata) {
        var variables =
                new Variables(Map.of(EventReader.EVENTS, sink, "K_SERVICE", cloudRun, EventReader.IDENTITY, wanted));

        assertThat(identity(variables).map(URI::toString).orElse("")).isEqualTo(metadata);
        assertThat(variables.faults()).isEmpty();
    }

    @Test
    void asks_the_metadata_server_that_the_platform_names() {
        var given = new HashMap<>(Map.of(
                EventReader.EVENTS,
                "https://events.example.com",
                EventReader.IDENTITY,
                "google",
                "GCE_METADATA_HOST",
                "169.254.169.254:80"));
        assertThat(identity(new Variables(given))).contains(URI.create("http://169.254.169.254:80"));

        given.put("GCE_METADATA_HOST", "host/path");
        var wrong = new Variables(given);
        assertThat(identity(wrong)).contains(URI.create(METADATA));
        assertThat(wrong.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString()).startsWith("GCE_METADATA_HOST: \"host/path\""));
    }
}
