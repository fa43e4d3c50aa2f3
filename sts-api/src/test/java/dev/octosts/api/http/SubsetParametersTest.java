package dev.octosts.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.api.RequestedGrant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters that ask for a part of a grant. */
class SubsetParametersTest {

    private static final RequestedGrant BOTH =
            new RequestedGrant(Map.of("contents", "read", "issues", "write"), List.of("a.b", "c-d"));

    private final ExchangeParameters parameters = new ExchangeParameters();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permissions=contents:read,issues:write&repositories=a.b,c-d",
                "permissions=contents%3Aread%2C+issues%3Awrite&repositories=c-d,a.b,A.B",
                "permissions=contents%3Dread,issues%3A+write&repositories=a.b,c-d"
            })
    void are_read_from_a_query(String query) throws InvalidRequestException {
        parameters.addEncoded(query);
        assertThat(parameters.subset()).isEqualTo(BOTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"permissions\":\"contents:read,issues:write\",\"repositories\":\"a.b,c-d\"}",
                "{\"permissions\":{\"contents\":\"read\",\"issues\":\"write\"},\"repositories\":[\"a.b\",\"c-d\"]}"
            })
    void are_read_from_json(String json) throws InvalidRequestException {
        parameters.addJson(json);
        assertThat(parameters.subset()).isEqualTo(BOTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scope=o/r", "foo=permissions"})
    void are_everything_when_nothing_is_said(String query) throws InvalidRequestException {
        parameters.addEncoded(query);
        parameters.addJson("{\"permissions\":null,\"repositories\":null}");
        assertThat(parameters.subset()).isEqualTo(RequestedGrant.EVERYTHING);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    permissions=                               | nothing in permissions
                    repositories=                              | nothing in repositories
                    repositories=a,,b                          | nothing between two commas
                    permissions=contents:read,                 | nothing between two commas
                    permissions=contents                       | "contents" is not a permission with a level
                    permissions=contents:none                  | "contents:none" is not a permission with a level
                    permissions=Contents:read                  | "Contents:read" is not a permission with a level
                    permissions=contents:read,contents:write   | permissions name contents twice
                    repositories=o/r                           | "o/r" is not the name of a repository
                    repositories=..                            | ".." is not the name of a repository
                    permissions=a:read&permissions=b:read      | too many values for field "permissions": a:read, b:read
                    repositories=a&repositories=a              | too many values for field "repositories": a, a
                    """)
    void are_refused_when_they_cannot_be_meant(String query, String message) throws InvalidRequestException {
        parameters.addEncoded(query);
        assertThatThrownBy(parameters::subset)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"permissions\":5}",
                "{\"permissions\":{\"contents\":1}}",
                "{\"repositories\":[1]}",
                "{\"repositories\":true}"
            })
    void are_refused_when_the_json_has_another_form(String json) {
        assertThatThrownBy(() -> parameters.addJson(json)).isInstanceOf(InvalidRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"permissions\":{}}", "{\"repositories\":[]}", "{\"repositories\":[\"a\",\"\"]}"})
    void are_refused_when_the_json_names_none(String json) throws InvalidRequestException {
        parameters.addJson(json);
        assertThatThrownBy(parameters::subset).hasMessageContaining("there is nothing in");
    }

    @Test
    void are_bounded() throws InvalidRequestException {
        String names = IntStream.range(0, 501).mapToObj(each -> "r" + each).collect(Collectors.joining(","));
        parameters.addEncoded("repositories=" + names);
        assertThatThrownBy(parameters::subset).hasMessage("too many repositories: at most 500 are read");
    }

    @Test
    void are_not_repeated_at_length() throws InvalidRequestException {
        parameters.addEncoded("permissions=" + "x".repeat(10_000));
        assertThatThrownBy(parameters::subset)
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(300));
    }
}
