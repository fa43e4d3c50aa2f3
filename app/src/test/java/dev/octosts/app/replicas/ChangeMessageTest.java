package dev.octosts.app.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.InstallationChanged;
import dev.octosts.api.RepositoryChanged;
import dev.octosts.app.deny.DenyStore;
import dev.octosts.policy.repository.PolicyPaths;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeMessageTest {

    static Stream<ChangeMessage> changes() {
        return Stream.of(
                new ChangeMessage.OfDenyRules(),
                new ChangeMessage.OfInstallation(new InstallationChanged("octo-org")),
                new ChangeMessage.OfRepository(new RepositoryChanged("octo-org", "octo-repo", Set.of())),
                new ChangeMessage.OfRepository(new RepositoryChanged(
                        "octo-org", ".github", Set.of(".github/chainguard/a b.sts.yaml", "ü%20+\n'"))));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void is_heard_by_others_as_it_was_told(ChangeMessage change) {
        assertThat(ChangeMessage.read(change.text("me"), "another")).isEqualTo(Optional.of(change));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void is_not_heard_by_who_told_it(ChangeMessage change) {
        assertThat(ChangeMessage.read(change.text("me"), "me")).isEmpty();
    }

    @Test
    void of_an_operator_is_heard_by_every_replica() {
        assertThat(ChangeMessage.read(DenyStore.CHANGED, "me")).contains(new ChangeMessage.OfDenyRules());
    }

    @Test
    void of_too_many_files_to_be_told_is_one_of_every_file() {
        Set<String> paths = IntStream.range(0, 1000)
                .mapToObj(i -> PolicyPaths.FOLDER + i + ".sts.yaml")
                .collect(Collectors.toSet());
        String text = new ChangeMessage.OfRepository(new RepositoryChanged("octo-org", "octo-repo", paths)).text("me");

        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(8000);
        assertThat(ChangeMessage.read(text, "another"))
                .contains(new ChangeMessage.OfRepository(new RepositoryChanged("octo-org", "octo-repo", Set.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "me", "me repository o", "me something o r", "me repository %zz r"})
    void that_cannot_be_read_is_none(String text) {
        assertThat(ChangeMessage.read(text, "another")).isEmpty();
    }
}
