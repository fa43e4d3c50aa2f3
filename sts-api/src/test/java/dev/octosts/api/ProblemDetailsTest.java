package dev.octosts.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemDetailsTest {

    private static final Path PAGE = Path.of("../docs/problems.md");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/problem+json                                  | true",
                "Application/Problem+JSON                                  | true",
                "application/json, application/problem+json                | true",
                "application/problem+json;q=0.5                            | true",
                "application/problem+json, */*;q=0.8                       | true",
                "application/problem+json; charset=utf-8; q=0.9, */*;q=0.8 | true",
                "application/problem+json;q=0.5, application/*;q=0.4, */*  | true",
                "text/html, application/problem+json;q=0.1                 | true",
                "''                                                        | false",
                "*/*                                                       | false",
                "application/*                                             | false",
                "application/json                                          | false",
                "application/json, application/problem+json;q=0.9          | false",
                "application/problem+json;q=0.5, */*                       | false",
                "application/problem+json;q=0.5, application/*;q=0.6       | false",
                "application/problem+json;q=0                              | false",
                "application/problem+json;q=2                              | false",
                "application/problem+json;q=x                              | false",
                "application/problem+xml                                   | false",
                "text/html                                                 | false",
                ",;,;q=,/                                                  | false",
                ",;q=1, application/problem+json                           | true",
            })
    void are_for_clients_that_name_them_and_like_nothing_better(String accept, boolean wanted) {
        assertThat(ProblemDetails.areWanted(List.of(accept))).isEqualTo(wanted);
        assertThat(ProblemDetails.areWanted(List.of("text/plain", accept))).isEqualTo(wanted);
        assertThat(ProblemDetails.areWanted(Arrays.asList(accept.split(",", -1))))
                .isEqualTo(wanted);
    }

    @Test
    void are_not_for_clients_that_say_nothing() {
        assertThat(ProblemDetails.areWanted(List.of())).isFalse();
    }

    @Test
    void have_the_members_of_the_standard_and_those_of_this_service() {
        var problem = new Problem(ProblemCode.PERMISSION_DENIED, "trust policy: no").because("subject_pattern");

        assertThat(ProblemDetails.of(problem, 403, new RequestId("r-1")))
                .isEqualTo(Map.of(
                        "type",
                        "https://github.com/octo-sts/octo-sts-java/blob/main/docs/problems.md#permission_denied",
                        "title",
                        "Not permitted",
                        "status",
                        403,
                        "detail",
                        "trust policy: no",
                        "code",
                        7,
                        "rule",
                        "subject_pattern",
                        "requestId",
                        "r-1"));
    }

    @Test
    void name_no_rule_when_none_is_known() {
        assertThat(ProblemDetails.of(new Problem(ProblemCode.NOT_FOUND, "no"), 404, new RequestId("r")))
                .doesNotContainKey("rule");
    }

    @ParameterizedTest
    @EnumSource
    void have_an_address_where_the_problem_is_described(ProblemCode code) throws IOException {
        String type = ProblemDetails.type(code);

        assertThat(type).endsWith("/docs/problems.md#" + code.name().toLowerCase(Locale.ROOT));
        assertThat(Files.readAllLines(PAGE)).contains("## " + code.name());
        assertThat(Files.readString(PAGE)).contains("*" + code.title() + "*", "code " + code.number() + ",");
    }
}
