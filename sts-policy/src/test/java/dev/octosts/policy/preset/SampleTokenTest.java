package dev.octosts.policy.preset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.Claims;
import dev.octosts.policy.Level;
import dev.octosts.policy.Policies;
import dev.octosts.policy.explain.Explanation;
import dev.octosts.policy.lint.Linting;
import dev.octosts.policy.repository.PolicyKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Tokens as the platforms' documentation shows them, and the policies that the presets write for them. */
class SampleTokenTest {
    private static final Path TOKENS = Path.of("src/test/resources/sample-tokens");
    private static final Preset.PresetGrant READ =
            new Preset.PresetGrant(PolicyKind.REPOSITORY, new TreeMap<>(Map.of("contents", Level.READ)), List.of());

    static List<Path> tokens() throws IOException {
        try (Stream<Path> files = Files.list(TOKENS)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void every_preset_has_one() throws IOException {
        assertThat(tokens().stream().map(SampleTokenTest::preset).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Preset.all().stream().map(Preset::name).toList());
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void satisfies_the_policy_that_the_preset_writes_for_it_and_the_policy_is_clean(Path file) throws IOException {
        Claims token = token(file);

        String policy = policy(file, token);

        assertThat(Linting.lint(policy)).as(policy).isEmpty();
        Explanation told =
                Explanation.of(Policies.valid(policy), token, token.audiences().getFirst());
        assertThat(told.accepted()).as(policy + told.text()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("tokens")
    void no_other_workload_satisfies_that_policy(Path file) throws IOException {
        Claims token = token(file);
        var other = new Claims(token.issuer(), token.subject() + "x", token.audiences(), Map.of());

        Explanation told = Explanation.of(
                Policies.valid(policy(file, token)), other, token.audiences().getFirst());

        // The last part of a subject of Buildkite is a step, and each of them is meant.
        assertThat(told.accepted()).isEqualTo(preset(file).equals("buildkite"));
    }

    private static String policy(Path file, Claims token) {
        Preset preset = Preset.named(preset(file)).orElseThrow();
        var values = new HashMap<>(Preset.fitting(token).getOrDefault(preset.name(), Map.of()));
        for (Preset.Parameter parameter : preset.parameters()) {
            switch (parameter.name()) {
                case "audience", "application_id" ->
                    values.put(parameter.name(), token.audiences().getFirst());
                case "issuer" -> values.put(parameter.name(), token.issuer());
                case "subject" -> values.put(parameter.name(), token.subject());
                default -> assertThat(values).as(preset.name()).containsKey(parameter.name());
            }
        }
        return preset.write(values, READ, token.audiences().getFirst()).policy();
    }

    private static String preset(Path file) {
        return file.getFileName().toString().replace(".json", "").replace("-with-ids", "");
    }

    private static Claims token(Path file) throws IOException {
        Map<String, @Nullable Object> json =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        return Claims.of(json).orElseThrow();
    }
}
