package dev.octosts.app.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.Level;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NarrowerPolicyTest {

    private static final String HEAD = "issuer: https://issuer.example\nsubject: repo:o/r:ref:refs/heads/main\n";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void drops_lines_and_lowers_levels_and_leaves_the_rest_as_it_is() {
        String file = HEAD + """
                # what the job needs
                permissions:
                  issues: write # for comments
                  actions: "write"
                  contents: 'write' # releases

                  checks: write
                """;

        assertThat(NarrowerPolicy.of(bytes(file), Set.of("issues", "actions"), Map.of("contents", Level.READ)))
                .map(changed -> new String(changed, StandardCharsets.UTF_8))
                .contains(HEAD + """
                        # what the job needs
                        permissions:
                          contents: read # releases

                          checks: write
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permissions: {issues: write, contents: read}\n",
                "permissions:\n  issues:\n    write\n  contents: read\nsubject_pattern: x\n",
                "permissions: {issues: write}\n"
            })
    void makes_nothing_of_a_file_that_is_written_in_another_way(String permissions) {
        assertThat(NarrowerPolicy.of(bytes(HEAD + permissions), Set.of("issues"), Map.of()))
                .isEmpty();
    }

    @Test
    void leaves_a_policy_alone_of_which_nothing_would_be_left() {
        assertThat(NarrowerPolicy.of(bytes(HEAD + "permissions:\n  issues: write\n"), Set.of("issues"), Map.of()))
                .isEmpty();
    }
}
