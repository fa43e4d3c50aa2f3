package dev.octosts.app.settings;

import dev.octosts.app.settings.LiveSecrets.Given;
import dev.octosts.policy.repository.GitHubNames;
import dev.octosts.webhook.WebhookSecret;
import dev.octosts.webhook.WebhookSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the variables of the webhook. Without a secret there is no webhook: unsigned deliveries are never accepted. */
final class WebhookReader {

    static final String SECRET = "GITHUB_WEBHOOK_SECRET";
    static final String NEXT_SECRET = "GITHUB_WEBHOOK_SECRET_NEXT";
    static final String FILTER = "GITHUB_WEBHOOK_ORGANIZATION_FILTER";
    static final String EVERY_HEAD = "OCTOSTS_REVIEW_EVERY_HEAD";
    static final String SWEEP = "OCTOSTS_WEBHOOK_SWEEP";

    private static final int MAX_ORGANIZATIONS = 1_000;
    private static final Duration SHORTEST_SWEEP = Duration.ofMinutes(1);

    private WebhookReader() {}

    /**
     * Reads the variables.
     *
     * @param kms has the secrets where it has the Apps' keys
     * @param sources read those that are somewhere else
     * @param policyRepository the repository that holds organization-level files
     */
    static ReadWebhook read(
            Variables variables, KmsReader kms, KeySources sources, ServedParts serving, String policyRepository) {
        if (serving == ServedParts.EXCHANGE) {
            return ReadWebhook.nothing();
        }
        Set<String> organizations = variables.value(FILTER, Set.<String>of(), WebhookReader::organizations);
        boolean everyHead = variables.value(EVERY_HEAD, false, GoValues::bool);
        Optional<Duration> sweep = variables.value(SWEEP, WebhookReader::sweep);
        if (variables.text(SECRET).isEmpty()) {
            refuseWhatNeedsIt(variables, serving);
            return ReadWebhook.nothing();
        }
        var secrets = new LiveSecrets(Stream.of(SECRET, NEXT_SECRET)
                .flatMap(name -> secrets(variables, kms, sources, name))
                .toList());
        return new ReadWebhook(
                new WebhookSettings(secrets.live(), organizations, policyRepository, everyHead, sweep), secrets);
    }

    /**
     * What was read.
     *
     * @param secrets those of the settings, to be read again
     */
    record ReadWebhook(WebhookSettings settings, LiveSecrets secrets) {

        static ReadWebhook nothing() {
            return new ReadWebhook(WebhookSettings.off(), new LiveSecrets(List.of()));
        }
    }

    /** The secret itself or where it is, or the names of secrets where the keys are in a service. */
    private static Stream<Given> secrets(Variables variables, KmsReader kms, KeySources sources, String variable) {
        var text = variables.text(variable);
        if (!kms.hasSecrets()) {
            return variables.value(variable, given -> secret(variable, given, sources)).stream();
        }
        return text.stream()
                .flatMap(names -> Stream.of(names.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .flatMap(name -> named(variables, kms, sources, variable, name).stream());
    }

    private static Given secret(String variable, String given, KeySources sources) {
        return SecretReference.read(given)
                .map(reference ->
                        Given.read(variable, sources.source(reference, LiveSecrets.MAX_BYTES), sources.rereadings()))
                .orElseGet(() -> new Given.Itself(new WebhookSecret(given)));
    }

    private static Optional<Given> named(
            Variables variables, KmsReader kms, KeySources sources, String variable, String name) {
        try {
            var reference = SecretReference.read(name);
            return reference.isPresent()
                    ? reference.map(place ->
                            Given.read(variable, sources.source(place, LiveSecrets.MAX_BYTES), sources.rereadings()))
                    : kms.secret(name).map(place -> Given.read(variable, place, sources.rereadings()));
        } catch (IllegalArgumentException unreadable) {
            variables.refuse(
                    variable,
                    "with " + KmsReader.KEYS + " it names secrets" + kms.atProvider() + ", and "
                            + unreadable.getMessage());
            return Optional.empty();
        }
    }

    private static void refuseWhatNeedsIt(Variables variables, ServedParts serving) {
        if (serving == ServedParts.WEBHOOK) {
            variables.refuse(SECRET, "not set; give the secret that the App's webhook has at GitHub");
        } else if (variables.text(NEXT_SECRET).isPresent()) {
            variables.refuse(NEXT_SECRET, "set without " + SECRET + ", which is the first one; set both or that one");
        }
    }

    private static Set<String> organizations(String text) {
        Set<String> names = Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        if (names.isEmpty() || names.size() > MAX_ORGANIZATIONS) {
            throw new IllegalArgumentException(
                    "give between 1 and " + MAX_ORGANIZATIONS + " organizations, with commas between");
        }
        for (String name : names) {
            if (!GitHubNames.isOwner(name)) {
                throw new IllegalArgumentException(SettingFault.quoted(name)
                        + " is not the name of an organization; give it without a repository");
            }
        }
        return names;
    }

    private static Duration sweep(String text) {
        Duration every = GoValues.duration(text);
        if (every.compareTo(SHORTEST_SWEEP) < 0) {
            throw new IllegalArgumentException(
                    SettingFault.quoted(text) + " is less than a minute; give a time such as 10m");
        }
        return every;
    }
}
