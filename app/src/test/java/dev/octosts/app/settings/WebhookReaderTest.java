package dev.octosts.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.settings.Settings.Outcome;
import dev.octosts.webhook.WebhookSettings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WebhookReaderTest {

    private static final Map<String, String> APP =
            Map.of("GITHUB_APP_IDS", "1001", "APP_SECRET_CERTIFICATE_ENV_VAR", TestKeys.pkcs8(TestKeys.RSA));

    @Test
    void has_no_webhook_without_a_secret() {
        var settings = sound(ServedParts.ALL, Map.of("STS_DOMAIN", "sts.example.com", "GITHUB_WEBHOOK_SECRET", ""));

        assertThat(settings.webhook().isOn()).isFalse();
        assertThat(settings.events()).isEmpty();
    }

    @Test
    void takes_a_secret_as_it_stands_and_a_second_one_beside_it() {
        var settings = sound(
                ServedParts.WEBHOOK,
                Map.of("GITHUB_WEBHOOK_SECRET", "one,two ", "GITHUB_WEBHOOK_SECRET_NEXT", "three"));

        assertThat(settings.webhook().secrets().now())
                .hasSize(2)
                .allSatisfy(secret -> assertThat(secret.toString()).doesNotContain("one", "three"));
        assertThat(settings.toString()).doesNotContain("one,two", "three");
    }

    @Test
    void reads_what_else_there_is_for_the_webhook() {
        var webhook = sound(
                        ServedParts.ALL,
                        Map.of(
                                "STS_DOMAIN", "sts.example.com",
                                "GITHUB_WEBHOOK_SECRET", "s",
                                "GITHUB_WEBHOOK_ORGANIZATION_FILTER", "Octo-Org, other_org,",
                                "ORG_POLICY_REPO", "policies",
                                "OCTOSTS_REVIEW_EVERY_HEAD", "true",
                                "OCTOSTS_WEBHOOK_SWEEP", "10m"))
                .webhook();

        assertThat(webhook.organizations()).containsExactlyInAnyOrder("octo-org", "other_org");
        assertThat(webhook.policyRepository()).isEqualTo("policies");
        assertThat(webhook.everyHead()).isTrue();
        assertThat(webhook.scanEvery()).contains(Duration.ofMinutes(10));
    }

    @Test
    void needs_a_secret_to_serve_the_webhook_alone_and_no_domain() {
        assertThat(faults(ServedParts.WEBHOOK, Map.of()))
                .extracting(SettingFault::variable)
                .containsExactly("GITHUB_WEBHOOK_SECRET");
        var webhook =
                sound(ServedParts.WEBHOOK, Map.of("GITHUB_WEBHOOK_SECRET", "s")).webhook();
        assertThat(webhook.isOn()).isTrue();
        assertThat(webhook.everyHead()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"ALL", "EXCHANGE"})
    void needs_a_domain_where_tokens_are_exchanged(ServedParts serving) {
        assertThat(faults(serving, Map.of("GITHUB_WEBHOOK_SECRET", "s")))
                .extracting(SettingFault::variable)
                .containsExactly("STS_DOMAIN");
    }

    @Test
    void looks_at_nothing_of_the_webhook_where_the_exchange_alone_is_served() {
        var settings = sound(
                ServedParts.EXCHANGE,
                Map.of(
                        "STS_DOMAIN", "sts.example.com",
                        "GITHUB_WEBHOOK_SECRET", "s",
                        "GITHUB_WEBHOOK_ORGANIZATION_FILTER", "/"));

        assertThat(settings.webhook()).isEqualTo(WebhookSettings.off());
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:8080/", "https://events.example.com/ingress?key=1"})
    void sends_events_where_it_is_told(String address) {
        assertThat(sound(ServedParts.ALL, Map.of("STS_DOMAIN", "sts.example.com", "EVENT_INGRESS_URI", address))
                        .events())
                .contains(URI.create(address));
    }

    private static Settings sound(ServedParts serving, Map<String, String> changes) {
        return switch (read(serving, changes)) {
            case Outcome.Sound(var settings) -> settings;
            case Outcome.Faulty(var faults) -> throw new AssertionError("refused: " + faults);
        };
    }

    private static List<SettingFault> faults(ServedParts serving, Map<String, String> changes) {
        return switch (read(serving, changes)) {
            case Outcome.Sound(var settings) -> throw new AssertionError("accepted: " + settings);
            case Outcome.Faulty(var faults) -> faults;
        };
    }

    private static Outcome read(ServedParts serving, Map<String, String> changes) {
        var variables = new HashMap<>(APP);
        variables.putAll(changes);
        return SettingsReader.read(variables, serving);
    }
}
