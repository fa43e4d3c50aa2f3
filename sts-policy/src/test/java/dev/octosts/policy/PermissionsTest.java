package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionsTest {
    private static final Path DATA = Path.of("../../shared/data/app-permissions.json");
    private static final Pattern ENTRY = Pattern.compile(
            "\"(\\w+)\": \\{\\s*\"levels\": \\[([^]]*)],\\s*\"source\": \"[^\"]*\",\\s*\"scope\": \"(\\w+)\"");

    @ParameterizedTest
    @CsvSource({
        "contents, REPOSITORY, READ WRITE",
        "workflows, REPOSITORY, WRITE",
        "organization_plan, ORGANIZATION, READ",
        "members, ORGANIZATION, READ WRITE",
        "repository_projects, REPOSITORY, READ WRITE ADMIN",
        "enterprise_sso, ENTERPRISE, READ WRITE ADMIN",
        "profile, USER, WRITE",
        "codespaces_user_secrets, USER, READ WRITE ADMIN"
    })
    void have_scope_and_levels(String name, Permissions.Scope scope, String levels) {
        assertThat(Permissions.known().named(name))
                .contains(new Permissions.Permission(
                        name,
                        scope,
                        Arrays.stream(levels.split(" ")).map(Level::valueOf).collect(Collectors.toSet())));
    }

    @ParameterizedTest
    @CsvSource({"content", "Contents", "pull-requests", "workflow", "''", "'contents '"})
    void are_known_by_their_exact_name_alone(String name) {
        assertThat(Permissions.known().named(name)).isEmpty();
    }

    @Test
    void are_listed_in_order() {
        assertThat(List.copyOf(Permissions.known().names())).isSorted().hasSize(95);
    }

    @Test
    void levels_have_names() {
        assertThat(Level.of("read")).contains(Level.READ);
        assertThat(Level.of("admin")).contains(Level.ADMIN);
        assertThat(Level.of("READ")).isEqualTo(Optional.empty());
        assertThat(EnumSet.allOf(Level.class)).extracting(Level::wireName).containsExactly("read", "write", "admin");
    }

    @Test
    void are_those_of_the_published_list() throws IOException {
        Assumptions.assumeTrue(Files.exists(DATA));
        Set<String> published = new TreeSet<>();
        var entries = ENTRY.matcher(Files.readString(DATA));
        while (entries.find()) {
            Set<Level> levels = Arrays.stream(entries.group(2).split(","))
                    .map(level -> Level.valueOf(level.replace("\"", "").strip().toUpperCase(Locale.ROOT)))
                    .collect(Collectors.toSet());
            var scope = Permissions.Scope.valueOf(entries.group(3).toUpperCase(Locale.ROOT));
            assertThat(Permissions.known().named(entries.group(1)))
                    .contains(new Permissions.Permission(entries.group(1), scope, levels));
            published.add(entries.group(1));
        }
        assertThat(Permissions.known().names()).isEqualTo(published);
    }
}
