package dev.octosts.policy.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.Permissions;
import dev.octosts.policy.PolicyKeys;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.guardrail.Guardrails;
import dev.octosts.policy.guardrail.TrustedIssuers;
import dev.octosts.policy.lint.Linting;
import dev.octosts.policy.yaml.YamlData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemasTest {
    private static final Path CHECKED_IN = Path.of("../docs/schema");

    static Stream<String> names() {
        return Schemas.all().keySet().stream();
    }

    /** {@code -Dschemas.write=true} writes the files instead. */
    @ParameterizedTest
    @MethodSource("names")
    void are_the_files_in_the_documentation(String name) throws IOException {
        String generated = Schemas.all().get(name);
        if (Boolean.getBoolean("schemas.write")) {
            Files.createDirectories(CHECKED_IN);
            Files.writeString(CHECKED_IN.resolve(name), generated);
        }

        assertThat(Files.readString(CHECKED_IN.resolve(name))).isEqualTo(generated);
    }

    @Test
    void know_the_keys_that_the_engine_knows() {
        assertThat(properties("trust-policy.json").keySet())
                .isEqualTo(difference(PolicyKeys.ALL.stream(), "repositories"));
        assertThat(properties("organization-policy.json").keySet()).isEqualTo(difference(PolicyKeys.ALL.stream(), ""));
        assertThat(properties("trusted-token-issuers.json").keySet())
                .isEqualTo(difference(TrustedIssuers.KEYS.stream(), ""));
        assertThat(properties("guardrails.json").keySet()).isEqualTo(difference(Guardrails.KEYS.stream(), ""));
    }

    @Test
    void know_every_permission_with_the_levels_that_the_linter_takes() {
        Map<?, ?> permissions =
                map(map(properties("trust-policy.json").get("permissions")).get("properties"));
        for (String name : Permissions.known().names()) {
            for (String level : List.of("read", "write", "admin")) {
                boolean refused = Linting.lint(
                                Linting.ISSUER + Linting.SUBJECT + "permissions: {" + name + ": " + level + "}\n")
                        .stream()
                        .anyMatch(diagnostic -> diagnostic.code() == DiagnosticCode.LEVEL_NOT_OFFERED);
                assertThat(String.valueOf(map(permissions.get(name)).get("enum"))
                                .contains(level))
                        .as(name + ": " + level)
                        .isEqualTo(!refused);
            }
        }
    }

    private static Map<?, ?> properties(String name) {
        YamlData data = YamlData.read(Linting.bytes(Schemas.all().getOrDefault(name, "")));
        assertThat(data.faults()).isEmpty();
        return map(map(data.value().orElseThrow()).get("properties"));
    }

    private static Map<?, ?> map(@Nullable Object value) {
        assertThat(value).isInstanceOf(Map.class);
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Set<String> difference(Stream<String> keys, String without) {
        return keys.filter(key -> !key.equals(without)).collect(Collectors.toSet());
    }
}
