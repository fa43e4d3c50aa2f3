package dev.octosts.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.AuditNote;
import dev.octosts.github.AppCredential;
import dev.octosts.github.AppPools;
import dev.octosts.github.key.SigningKey;
import io.helidon.microprofile.metrics.RegistryFactory;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.metrics.Gauge;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.junit.jupiter.api.Test;

class AppKeyMetricsTest {

    /** A scope that no other test uses. */
    private final MetricRegistry registry =
            RegistryFactory.getInstance().getRegistry("keys-" + System.identityHashCode(this));

    private final List<AuditNote> notes = new ArrayList<>();
    private final AppKeyMetrics metrics = new AppKeyMetrics(registry, notes::add);

    /** A key that may be known by its fingerprint, and is never called. */
    private record Shown(String name) implements SigningKey {

        @Override
        public byte[] sign(byte[] content) {
            throw new AssertionError("signed");
        }

        @Override
        public Optional<RSAPublicKey> publicKey() {
            throw new AssertionError("called");
        }

        @Override
        public Optional<String> fingerprint() {
            return Optional.of(name).filter(known -> !known.isEmpty()).map(known -> "SHA256:" + known);
        }
    }

    private static Map<String, List<AppCredential>> configured(long id, String name) {
        return Map.of("octo-org", List.of(new AppCredential(id, new Shown(name))));
    }

    static AppPools apps(long id, String name) {
        return AppPools.of(configured(id, name), Clock.systemUTC());
    }

    private Map<String, Integer> shown() {
        var shown = new TreeMap<String, Integer>();
        registry.getMetrics()
                .forEach((id, metric) -> shown.put(
                        id.getName() + " " + id.getTags().get("app_id") + " "
                                + id.getTags().get("fingerprint"),
                        ((Number) ((Gauge<?>) metric).getValue()).intValue()));
        return shown;
    }

    @Test
    void shows_which_key_is_in_use_and_that_the_one_before_is_not() {
        var apps = apps(7, "first");
        metrics.look(apps);
        metrics.look(apps);
        assertThat(shown()).isEqualTo(Map.of("octosts_app_key_info 7 SHA256:first", 1));

        apps.replace(configured(7, "second"));
        metrics.look(apps);
        assertThat(shown())
                .isEqualTo(Map.of("octosts_app_key_info 7 SHA256:first", 0, "octosts_app_key_info 7 SHA256:second", 1));

        apps.replace(configured(7, "first"));
        metrics.look(apps);
        assertThat(shown())
                .isEqualTo(Map.of("octosts_app_key_info 7 SHA256:first", 1, "octosts_app_key_info 7 SHA256:second", 0));
    }

    @Test
    void notes_for_the_audit_that_another_key_is_in_use_and_nothing_else() {
        var apps = apps(7, "");
        metrics.look(apps);
        for (String name : List.of("first", "first", "", "first", "second", "second")) {
            apps.replace(configured(7, name));
            metrics.look(apps);
        }

        assertThat(notes).singleElement().satisfies(note -> {
            assertThat(note.about()).isEqualTo(AuditNote.About.KEY);
            assertThat(note.action()).isEqualTo("in-use");
            assertThat(note.details())
                    .isEqualTo(Map.of(
                            "app_id", "7", "key", "second", "fingerprint", "SHA256:second", "before", "SHA256:first"));
        });

        apps.replace(configured(8, "other"));
        metrics.look(apps);
        apps.replace(configured(7, "third"));
        metrics.look(apps);
        assertThat(notes).as("an App that is new").hasSize(1);
    }

    @Test
    void shows_a_key_whose_fingerprint_is_not_known_as_unknown() {
        metrics.look(apps(7, ""));

        assertThat(shown()).isEqualTo(Map.of("octosts_app_key_info 7 unknown", 1));
    }

    @Test
    void has_a_bounded_number_of_series_however_often_keys_change() {
        var apps = apps(7, "first");
        for (int change = 0; change < 2_100; change++) {
            apps.replace(configured(7, "key-" + change));
            metrics.look(apps);
        }

        assertThat(shown()).hasSize(2_000);
    }
}
