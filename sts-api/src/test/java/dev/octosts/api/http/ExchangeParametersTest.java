package dev.octosts.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeParametersTest {

    private final ExchangeParameters parameters = new ExchangeParameters();

    @ParameterizedTest
    @CsvSource({
        "scope=o/r&identity=x, o/r, x",
        "scope=o%2Fr&identity=a+b%20c, o/r, a b c",
        "scope=other&scopes=o/r&identity=x, o/r, x",
        "foo=bar&identity=x&scope=o&aud=1&aud=2&cap=3, o, x",
        "identity=w%C3%B6rk&scope=o, o, wörk",
        "identity=x&&scope=o&, o, x",
        "identity=a=b&scope=o, o, a=b"
    })
    void are_read_from_a_query(String query, String scope, String identity) throws InvalidRequestException {
        parameters.addEncoded(query);

        assertThat(parameters.scope()).isEqualTo(scope);
        assertThat(parameters.identity()).isEqualTo(identity);
    }

    @Test
    void are_empty_when_nothing_is_given() throws InvalidRequestException {
        parameters.addEncoded("");
        parameters.addJson("");

        assertThat(parameters.scope()).isEmpty();
        assertThat(parameters.identity()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    scope=a/b&scope=c/d       | too many values for field "scope": a/b, c/d
                    scopes=a&scopes=a         | multiple scopes not supported
                    scope=%zz                 | invalid URL escape "%zz"
                    scope=%e                  | invalid URL escape "%e"
                    scope=%C3                 | invalid URL escape: the decoded value is not UTF-8
                    scope=a;identity=b        | invalid semicolon separator in query
                    """)
    void are_refused_when_they_cannot_be_read(String query, String message) {
        assertThatThrownBy(() -> {
                    parameters.addEncoded(query);
                    parameters.scope();
                })
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity=a&identity=b", "identity_provider=a&identityProvider=b&identity=x"})
    void name_one_identity(String query) throws InvalidRequestException {
        parameters.addEncoded(query);

        assertThatThrownBy(parameters::identity).hasMessageStartingWith("too many values for field \"identity");
    }

    @Test
    void of_a_form_come_before_those_of_the_query() throws InvalidRequestException {
        parameters.addEncoded("scope=form");
        parameters.addEncoded("scope=query");

        assertThatThrownBy(parameters::scope).hasMessage("too many values for field \"scope\": form, query");
    }

    @Test
    void are_at_most_a_hundred() {
        assertThatThrownBy(() -> parameters.addEncoded("a=b&".repeat(101))).hasMessageContaining("at most 100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"scope\":\"o/r\",\"identity\":\"x\"}",
                "{\"scopes\":[\"o/r\"],\"identity\":\"x\",\"foo\":[1]}",
                "{\"scopes\":\"o/r\",\"identity\":\"x\",\"scope\":null}"
            })
    void are_read_from_json(String json) throws InvalidRequestException {
        parameters.addJson(json);

        assertThat(parameters.scope()).isEqualTo("o/r");
        assertThat(parameters.identity()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "{}x",
                "{} {}",
                "[]",
                "\"x\"",
                "{\"scope\": ",
                "{\"scope\":[\"o\"]}",
                "{\"scope\":5}",
                "{\"identity\":true}",
                "{\"scopes\":[5]}",
                "{\"scopes\":{}}"
            })
    void are_refused_when_the_json_has_another_form(String json) {
        assertThatThrownBy(() -> parameters.addJson(json)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void survive_deeply_nested_json() {
        assertThatThrownBy(() -> parameters.addJson("{\"a\":" + "[".repeat(60_000)))
                .isInstanceOf(InvalidRequestException.class);
    }
}
