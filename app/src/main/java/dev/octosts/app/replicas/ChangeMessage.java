package dev.octosts.app.replicas;

import dev.octosts.api.InstallationChanged;
import dev.octosts.api.RepositoryChanged;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A change on GitHub that makes the cached data of replicas out of date. */
sealed interface ChangeMessage {

    /** PostgreSQL takes fewer than 8000 bytes. */
    int LONGEST = 7_900;

    /** Files of a repository. */
    record OfRepository(RepositoryChanged changed) implements ChangeMessage {}

    /** An account's installation. */
    record OfInstallation(InstallationChanged changed) implements ChangeMessage {}

    /** The operator has changed the deny rules. */
    record OfDenyRules() implements ChangeMessage {}

    /** A delivery was turned away: it may have been about any change. */
    record OfDeliveryTurnedAway() implements ChangeMessage {}

    /**
     * The change as a notification.
     *
     * @param sender the replica that sends it
     */
    default String text(String sender) {
        return switch (this) {
            // A replica of an older version ignores a kind that it does not know.
            case OfDeliveryTurnedAway() -> joined(Stream.of(sender, "turned-away", "-"));
            case OfDenyRules() -> joined(Stream.of(sender, "deny-rules", "-"));
            case OfInstallation(var changed) -> joined(Stream.of(sender, "installation", changed.owner()));
            case OfRepository(var changed) -> {
                String whole = joined(Stream.of(sender, "repository", changed.owner(), changed.repository()));
                String exact = whole + (changed.paths().isEmpty() ? "" : " ") + joined(changed.paths().stream());
                // Without paths the change is about every file: replicas forget more than needed, and never less.
                yield exact.length() <= LONGEST ? exact : whole;
            }
        };
    }

    private static String joined(Stream<String> parts) {
        return parts.map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
                .collect(Collectors.joining(" "));
    }

    /** Reads a notification; empty when it is this replica's own, or of a kind that it does not know. */
    static Optional<ChangeMessage> read(String text, String ownName) {
        try {
            var parts = Arrays.stream(text.split(" ", -1))
                    .map(part -> URLDecoder.decode(part, StandardCharsets.UTF_8))
                    .toList();
            if (parts.size() < 3 || parts.getFirst().equals(ownName)) {
                return Optional.empty();
            }
            return switch (parts.get(1)) {
                case "installation" -> Optional.of(new OfInstallation(new InstallationChanged(parts.get(2))));
                case "deny-rules" -> Optional.of(new OfDenyRules());
                case "turned-away" -> Optional.of(new OfDeliveryTurnedAway());
                case "repository" ->
                    parts.size() < 4
                            ? Optional.empty()
                            : Optional.of(new OfRepository(new RepositoryChanged(
                                    parts.get(2), parts.get(3), Set.copyOf(parts.subList(4, parts.size())))));
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
