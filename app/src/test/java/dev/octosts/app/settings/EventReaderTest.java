package dev.octosts.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {

    private static final String METADATA = "http://metadata.google.internal";

    private static Optional<EventIdentity> identity(Variables variables) {
        return EventReader.identity(variables, variables.value(EventReader.EVENTS, EventReader::sink));
    }

    private static EventIdentity server(String address) {
        return new EventIdentity.MetadataServer(URI.create(address));
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

        assertThat(identity(variables))
                .isEqualTo(
                        Optional.of(metadata).filter(given -> !given.isEmpty()).map(EventReaderTest::server));
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
        assertThat(identity(new Variables(given))).contains(server("http://169.254.169.254:80"));

        given.put("GCE_METADATA_HOST", "host/path");
        var wrong = new Variables(given);
        assertThat(identity(wrong)).contains(server(METADATA));
        assertThat(wrong.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString()).startsWith("GCE_METADATA_HOST: \"host/path\""));
    }

    @Test
    void takes_the_key_file_where_tokens_are_asked_for_and_not_by_itself_on_cloud_run(@TempDir Path folder) {
        var file = ServiceAccountKeyTest.write(folder, ServiceAccountKeyTest.json());
        var given = new HashMap<>(Map.of(
                EventReader.EVENTS,
                "https://events.example.com",
                "K_SERVICE",
                "sts",
                "GOOGLE_APPLICATION_CREDENTIALS",
                file));
        assertThat(identity(new Variables(given))).contains(server(METADATA));

        given.put(EventReader.IDENTITY, "google");
        assertThat(identity(new Variables(given))).contains(new EventIdentity.KeyFile(file));

        given.put("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/key.json");
        var missing = new Variables(given);
        assertThat(identity(missing)).isEmpty();
        assertThat(missing.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.toString())
                        .startsWith("GOOGLE_APPLICATION_CREDENTIALS: ")
                        .contains("does not exist"));
    }
}
