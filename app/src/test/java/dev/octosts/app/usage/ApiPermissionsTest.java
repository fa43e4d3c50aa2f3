package dev.octosts.app.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.Permissions;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiPermissionsTest {

    private static final ApiPermissions TABLE = ApiPermissions.read();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/repos/o/r/contents/docs/a/b.md|contents read",
                "HEAD|/repos/o/r/contents/docs|contents read",
                "GET|/api/v3/repos/o/r/contents/docs|contents read",
                "GET|/repositories/7/contents/docs|contents read",
                "PUT|/repos/o/r/contents/docs/a.md|contents write, workflows write",
                "POST|/repos/o/r/issues/1/comments|issues write, pull_requests write",
                "GET|/repos/o/r/pulls/1/files|pull_requests read",
                "PATCH|/repos/o/r/git/refs/heads/main|contents write, workflows write",
                "GET|/repos/o/r/commits/feature/x/check-runs|checks read",
                "POST|/repos/o/r/check-runs|checks write",
                "POST|/repos/o/r/attestations|attestations write",
                "GET|/organizations/7/members|members read",
                "GET|/rate_limit|metadata read",
                "DELETE|/installation/token|metadata read",
            })
    void knows_what_a_request_may_need(String method, String path, String needs) {
        assertThat(TABLE.of(method, path).orElseThrow().stream()
                        .map(need -> need.permission() + " " + need.level().wireName())
                        .sorted()
                        .collect(Collectors.joining(", ")))
                .isEqualTo(needs);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /graphql",
        "GET, /search/code",
        "GET, /repos/o/r/something-new",
        "PURGE, /repos/o/r/contents/x",
        "'', ''",
        "GET, repos"
    })
    void does_not_know_what_is_not_in_the_table(String method, String path) {
        assertThat(TABLE.of(method, path)).isEmpty();
    }

    @Test
    void names_permissions_as_policies_do() throws Exception {
        try (var table = ApiPermissionsTest.class.getResourceAsStream("/META-INF/octosts/api-permissions.txt")) {
            assertThat(new String(table.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> line.matches("[a-z_]+ [a-z]+"))
                            .map(line -> line.replaceFirst(" .*", "")))
                    .hasSizeGreaterThan(50)
                    .allSatisfy(name ->
                            assertThat(Permissions.known().named(name)).as(name).isPresent());
        }
    }
}
