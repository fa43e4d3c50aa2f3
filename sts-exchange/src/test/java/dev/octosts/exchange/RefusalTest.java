package dev.octosts.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of refusals, and the table of messages that callers read. */
class RefusalTest {

    private static final Path PAGE = Path.of("../docs/token-exchange.md");
    private static final Target TARGET =
            Target.parse("octo-org/octo-repo", "ci", ".github").orElseThrow();

    @ParameterizedTest
    @EnumSource
    void the_page_about_exchanges_has_every_message_with_its_code(Refusal refusal) throws IOException {
        Problem problem = refusal.problem(TARGET, "123456");

        assertThat(Files.readAllLines(PAGE))
                .anyMatch(line -> line.startsWith("| " + problem.code().number() + " |")
                        && line.contains("`" + problem.message() + "`"));
    }

    @Test
    void no_two_refusals_have_the_same_message() {
        Set<String> messages = Set.of(Refusal.values()).stream()
                .map(refusal -> refusal.problem(TARGET).message())
                .collect(Collectors.toSet());

        assertThat(messages).hasSameSizeAs(Refusal.values());
    }

    @Test
    void an_identity_with_braces_stays_as_it_is() {
        Target target = Target.parse("octo-org", "{owner}", ".github").orElseThrow();

        assertThat(Refusal.NO_POLICY.problem(target).message())
                .isEqualTo("unable to find trust policy for \"{owner}\"");
    }

    @Test
    void so_does_what_a_policy_says_about_apps() {
        assertThat(Refusal.APP_OF_OTHERS.problem(TARGET, "{identity}{missing}").message())
                .isEqualTo("trust policy app \"{identity}{missing}\" is not configured for \"octo-org\"");
    }
}
