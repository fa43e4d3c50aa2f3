package dev.octosts.webhook;

import static dev.octosts.webhook.WebhookFixture.path;
import static dev.octosts.webhook.WebhookFixture.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.DeliveryResult;
import dev.octosts.api.ProblemCode;
import dev.octosts.policy.diagnostic.Parsed;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.GuardrailsInForce;
import dev.octosts.policy.guardrail.GuardrailsInForce.Owned;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Warnings fail a review where guard rails say so, and nowhere else. */
@Timeout(300)
class StrictnessTest {

    private static final String WARNED =
            "issuer: https://issuer.example\nsubject_pattern: repo:a.b/c:.*\npermissions:\n  contents: read\n";
    private static final String DENY = "warnings: deny\n";
    private static final String AUDIT = "warnings: deny\nmode: audit\n";

    private final WebhookFixture webhook = new WebhookFixture();

    @AfterEach
    void close() {
        webhook.close();
    }

    private static Owned rails(String whose, String text) {
        var reading = Guardrails.read(text.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(Parsed.Valid.class);
        return new Owned(whose, reading.valid().orElseThrow());
    }

    private static GuardrailsInForce known(Owned... rails) {
        return new GuardrailsInForce.Known(List.of(rails));
    }

    private DeliveryResult pushed(String policy) {
        webhook.put("a", policy);
        return webhook.deliver("push", webhook.push("refs/heads/topic", path("a"), "", ""));
    }

    @Test
    void fails_on_warnings_of_the_organizations_guard_rails_and_says_why() {
        webhook.under(known(rails("organization", DENY)));

        pushed(WARNED);

        var run = webhook.checkRun();
        assertThat(run.conclusion()).isEqualTo("failure");
        assertThat(run.summary())
                .contains("1 of 1 files do not pass.")
                .contains(path("a")
                        + ": line 2: the organization's guard rails allow no warnings, and there is one: STS");
        assertThat(run.annotationsInFull())
                .extracting(annotation -> annotation.getString("annotation_level"))
                .contains("warning", "failure");
    }

    @Test
    void passes_what_they_only_audit_and_says_that_it_would_fail() {
        webhook.under(known(rails("organization", AUDIT)));

        pushed(WARNED);

        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
        assertThat(webhook.checkRun().annotationsInFull())
                .anySatisfy(annotation -> assertThat(annotation.getString("message"))
                        .startsWith("the organization's guard rails allow no warnings"));
    }

    @Test
    void lets_the_stricter_of_the_organization_and_the_service_win() {
        webhook.under(known(rails("organization", AUDIT), rails("service", DENY)));
        pushed(WARNED);

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary()).contains("the service's guard rails allow no warnings");
    }

    @Test
    void passes_where_an_override_allows_them() {
        webhook.under(
                known(rails("organization", DENY + "overrides: [{repositories: [octo-repo], warnings: allow}]\n")));
        pushed(WARNED);

        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
    }

    @Test
    void asks_nobody_when_there_are_no_warnings() {
        webhook.under(new GuardrailsInForce.Unknown(false));
        pushed(policy("contents: read"));

        assertThat(webhook.checkRun().conclusion()).isEqualTo("success");
        assertThat(webhook.guardrailsAsked).isZero();
    }

    @Test
    void does_not_bind_the_policies_of_the_organization() {
        webhook.under(known(rails("organization", DENY)));
        webhook.policyRepository().at(WebhookFixture.HEAD).put(path("a"), WARNED);
        webhook.deliver(
                "push", webhook.push("refs/heads/topic", path("a"), "", "").replace("\"octo-repo\"", "\".github\""));

        assertThat(webhook.policyRepository().checkRuns())
                .singleElement()
                .satisfies(run -> assertThat(run.conclusion()).isEqualTo("success"));
        assertThat(webhook.guardrailsAsked).isZero();
    }

    @Test
    void fails_with_that_reason_when_the_file_cannot_be_used() {
        webhook.under(new GuardrailsInForce.Unusable());
        pushed(WARNED);

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary())
                .contains(path("a") + ": there are warnings, and the organization's guardrails.yaml");
    }

    @Test
    void concludes_nothing_while_github_does_not_tell_whether_warnings_pass() {
        webhook.under(new GuardrailsInForce.Unknown(false));

        assertThat(pushed(WARNED))
                .isInstanceOfSatisfying(
                        DeliveryResult.Refused.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.INTERNAL));
        assertThat(webhook.repository().checkRuns()).isEmpty();

        webhook.under(new GuardrailsInForce.Unknown(true));
        assertThat(pushed(WARNED))
                .isInstanceOfSatisfying(
                        DeliveryResult.Done.class,
                        done -> assertThat(done.message()).startsWith("GitHub limits"));
        assertThat(webhook.repository().checkRuns()).isEmpty();
    }

    @Test
    void concludes_a_failure_without_them_when_there_are_faults_anyway() {
        webhook.under(new GuardrailsInForce.Unknown(false));
        pushed(WARNED + "foo: 1\n");

        assertThat(webhook.checkRun().conclusion()).isEqualTo("failure");
        assertThat(webhook.checkRun().summary()).doesNotContain("guard rails", "guardrails");
    }
}
