package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppSelectorTest {
    @Test
    void a_policy_that_does_not_say_accepts_every_app() {
        AppSelector apps = apps("");

        assertThat(apps).isInstanceOf(AppSelector.Any.class);
        assertThat(apps.accepts(1, "reader")).isTrue();
        assertThat(apps.accepts(1, null)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7, reader, true",
        "7, 7, , true",
        "7, 8, reader, false",
        "'\"7\"', 7, , true",
        "07, 7, , false",
        "reader, 7, reader, true",
        "reader, 7, Reader, false",
        "reader, 7, reader-2, false",
        "reader, 7, , false",
        "rea.*, 7, reader, false"
    })
    void one_app_is_named_by_id_or_slug(String written, long id, String slug, boolean accepted) {
        assertThat(apps("app: " + written).accepts(id, slug)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({
        "reader-.*, 7, reader-a, true",
        "reader-.*, 7, my-reader-a, false",
        "reader-.*, 7, , false",
        "a|b, 7, b, true",
        "a|b, 7, bb, false",
        "7, 7, , false",
        "7, 7, reader, false"
    })
    void a_pattern_is_for_the_whole_slug(String pattern, long id, String slug, boolean accepted) {
        AppSelector apps = apps("app_pattern: " + pattern);

        assertThat(apps.accepts(id, slug)).isEqualTo(accepted);
        assertThat(apps)
                .isInstanceOfSatisfying(
                        AppSelector.Matching.class,
                        matching -> assertThat(matching.pattern()).isEqualTo(pattern));
    }

    private static AppSelector apps(String line) {
        return Policies.valid(Policies.ACCEPTED + line + "\n").apps();
    }
}
