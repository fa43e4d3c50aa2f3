package dev.octosts.policy.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryGlobTest {
    @ParameterizedTest
    @CsvSource({
        "infra, octo-org, infra",
        "infra, octo-org, Infra",
        "INFRA-*, octo-org, infra-dns",
        "infra-*, octo-org, infra-",
        "*, octo-org, .github",
        "*-?, octo-org, a-b-c",
        "a*b*c, octo-org, a-ab-bc",
        "*a*a*a*b, octo-org, aaaaaaaaab",
        "octo-org/*, Octo-Org, x",
        "octo-*/in?ra, octo-org, infra",
    })
    void matches(String glob, String owner, String repository) {
        assertThat(RepositoryGlob.parse(glob).orElseThrow().matches(owner, repository))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "infra, octo-org, infra-dns",
        "infra-*, octo-org, infra",
        "infra?, octo-org, infra",
        "*-dns, octo-org, dns",
        "octo-org/*, octo, x",
        "octo/x, octo-org, x",
        "a*b*c, octo-org, acb",
    })
    void does_not_match(String glob, String owner, String repository) {
        assertThat(RepositoryGlob.parse(glob).orElseThrow().matches(owner, repository))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "a/",
                "/b",
                "a/b/c",
                "a b",
                "[ab]",
                "!a",
                "ä",
                ".",
                "..",
                "own.er/x",
                "a,b",
                "{a,b}",
                "a\\b"
            })
    void no_repository_matches(String glob) {
        assertThat(RepositoryGlob.parse(glob)).isEmpty();
        assertThat(RepositoryGlob.parse("a".repeat(101))).isEmpty();
        assertThat(RepositoryGlob.parse("*".repeat(201))).isEmpty();
    }
}
