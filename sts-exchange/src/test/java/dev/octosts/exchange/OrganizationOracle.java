package dev.octosts.exchange;

import dev.octosts.exchange.source.FaultyPool.File;
import dev.octosts.exchange.source.FaultyPool.Found;
import dev.octosts.exchange.source.FaultyPool.Health;
import dev.octosts.exchange.source.FaultyPool.Mint;
import dev.octosts.github.FileContent;
import dev.octosts.github.GitHubApp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What GitHub said of an organization's files, and what follows from that alone. Only definitive answers are written
 * down.
 */
final class OrganizationOracle {

    static final String ISSUER = "https://issuer.example";

    private static final Duration HOUR = Duration.ofHours(1);

    private final List<GitHubApp> apps;
    private final Map<File, Stand> stands = new EnumMap<>(File.class);
    private final Map<File, List<Said>> said = new EnumMap<>(File.class);
    private final Map<Long, Health> health = new HashMap<>();

    /** What may stand in the place of a file, and whether it lets the exchange through. */
    @SuppressWarnings("ImmutableEnumChecker") // the contents are never written to
    enum Stand {
        NOTHING(true, new FileContent.Absent(), new FileContent.Absent()),
        PERMITTING(true, file("issuers: [" + ISSUER + "]\n"), file("max_permissions: {issues: admin}\n")),
        FORBIDDING(false, file("issuers: [https://other.example]\n"), file("max_permissions: {issues: read}\n")),
        AUDITING(
                true,
                file("mode: audit\nissuers: [https://other.example]\n"),
                file("mode: audit\nmax_permissions: {issues: read}\n")),
        INVALID(false, file("extra: 1\n"), file("extra: 1\n")),
        A_DIRECTORY(false, new FileContent.NotAFile(), new FileContent.NotAFile()),
        TOO_LARGE(false, new FileContent.Unreadable(), new FileContent.Unreadable());

        private final boolean permits;
        private final FileContent trustedIssuers;
        private final FileContent guardrails;

        Stand(boolean permits, FileContent trustedIssuers, FileContent guardrails) {
            this.permits = permits;
            this.trustedIssuers = trustedIssuers;
            this.guardrails = guardrails;
        }

        FileContent in(File file) {
            return switch (file) {
                case TRUSTED_ISSUERS -> trustedIssuers;
                case GUARDRAILS -> guardrails;
            };
        }

        boolean isUsable() {
            return switch (this) {
                case NOTHING, PERMITTING, FORBIDDING, AUDITING -> true;
                case INVALID, A_DIRECTORY, TOO_LARGE -> false;
            };
        }

        private static FileContent file(String text) {
            return new FileContent.File(text.getBytes(StandardCharsets.UTF_8), "");
        }
    }

    /** What GitHub said of a file, and when; only definitive answers are written down. */
    private record Said(Stand stand, long at) {}

    OrganizationOracle(List<GitHubApp> apps) {
        this.apps = apps;
        for (File file : File.values()) {
            said.put(file, new ArrayList<>());
        }
    }

    void put(File file, Stand stand) {
        stands.put(file, stand);
    }

    void let(GitHubApp app, Health state) {
        health.put(app.id(), state);
    }

    /** Whether the latest definitive answer is of this hour and permits. */
    boolean permits(File file, long now) {
        boolean replaced = false;
        for (Said answer : Objects.requireNonNull(said.get(file)).reversed()) {
            if (answer.stand().isUsable()) {
                // A list outlives a version that cannot be used; that there was none does not.
                return answer.stand().permits
                        && !(replaced && answer.stand() == Stand.NOTHING)
                        && now - answer.at() < HOUR.toNanos();
            }
            replaced = true;
        }
        return false;
    }

    /** Writes down what a look through this App, then the others, brings; whether it brings both files. */
    boolean listen(GitHubApp through, long now) {
        boolean all = true;
        for (File file : File.values()) {
            Optional<Stand> answer = answer(file, through);
            answer.ifPresent(stand -> Objects.requireNonNull(said.get(file)).add(new Said(stand, now)));
            all &= answer.isPresent();
        }
        return all;
    }

    /** What GitHub tells of a file: whatever one App sees, or nothing when all are known to see nothing. */
    private Optional<Stand> answer(File file, GitHubApp through) {
        boolean blind = false;
        boolean trouble = false;
        for (GitHubApp app : apps) {
            Health state = Objects.requireNonNull(health.get(app.id()));
            boolean asked = app.equals(through) || state.remembered() == Found.INSTALLED;
            if (asked && state.mint() == Mint.TOKEN && !state.faults().containsKey(file)) {
                return Optional.of(Objects.requireNonNull(stands.get(file)));
            }
            blind |= asked && state.mint() == Mint.BLIND;
            trouble |= asked ? state.mint() == Mint.TOKEN : isTrouble(state.remembered());
        }
        return blind && !trouble ? confirmed(file, through) : Optional.empty();
    }

    private Optional<Stand> confirmed(File file, GitHubApp through) {
        boolean trouble = false;
        for (GitHubApp app : apps) {
            Health state = Objects.requireNonNull(health.get(app.id()));
            boolean asked = app.equals(through) || state.remembered() == Found.INSTALLED;
            Mint mint = state.now() == Found.REINSTALLED
                    ? state.renewed()
                    : state.now() == Found.INSTALLED && !asked ? state.mint() : Mint.BLIND;
            if (mint == Mint.TOKEN && !state.faults().containsKey(file)) {
                return Optional.of(Objects.requireNonNull(stands.get(file)));
            }
            trouble |= mint == Mint.TOKEN || isTrouble(state.now());
        }
        return trouble ? Optional.empty() : Optional.of(Stand.NOTHING);
    }

    private static boolean isTrouble(Found found) {
        return switch (found) {
            case SUSPENDED, LIMITED, FAILING -> true;
            case INSTALLED, REINSTALLED, NOT_INSTALLED -> false;
        };
    }
}
