package dev.octosts.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings of the webhook, checked at the start.
 *
 * @param secrets a delivery may be signed with any of them; with none, no delivery is accepted. They may change while
 *     the program runs
 * @param organizations the accounts whose events are worked on, in any spelling; empty for all
 * @param policyRepository the repository of an organization that holds its organization-level files
 * @param everyHead whether every head gets a check run, also one that touches no policy
 * @param scanEvery how often GitHub is asked for deliveries that were missed; empty for never
 */
public record WebhookSettings(
        WebhookSecrets secrets,
        Set<String> organizations,
        String policyRepository,
        boolean everyHead,
        Optional<Duration> scanEvery) {

    private static final WebhookSettings OFF =
            new WebhookSettings(new WebhookSecrets(List.of()), Set.of(), ".github", false, Optional.empty());

    public WebhookSettings {
        organizations = organizations.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** No webhook: every delivery is refused. */
    public static WebhookSettings off() {
        return OFF;
    }

    /** Whether there is a webhook. */
    public boolean isOn() {
        return !secrets.now().isEmpty();
    }

    /** Whether events of this account are worked on. */
    boolean serves(String owner) {
        return organizations.isEmpty() || organizations.contains(owner.toLowerCase(Locale.ROOT));
    }
}
