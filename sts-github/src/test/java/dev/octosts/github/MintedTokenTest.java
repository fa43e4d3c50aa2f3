package dev.octosts.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.InstallationToken;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MintedTokenTest {

    private static final TokenRequest ASKED =
            new TokenRequest(Map.of("contents", "write", "issues", "read"), List.of("octo-repo", "Octo-Docs"));
    private static final Map<String, String> PERMISSIONS =
            Map.of("contents", "write", "issues", "read", "metadata", "read");
    private static final List<String> REPOSITORIES = List.of("octo-repo", "octo-docs");

    static Stream<Named<MintedToken>> within() {
        return Stream.of(
                Named.of("exactly what was asked for", token(PERMISSIONS, REPOSITORIES)),
                Named.of("a lower level", token(Map.of("contents", "read", "issues", "read"), REPOSITORIES)),
                Named.of("fewer permissions", token(Map.of("metadata", "read"), REPOSITORIES)),
                Named.of("fewer repositories", token(PERMISSIONS, List.of("OCTO-REPO"))));
    }

    @ParameterizedTest
    @MethodSource("within")
    void is_within_the_request_with(MintedToken token) {
        assertThat(token.isWithin(ASKED)).isTrue();
    }

    static Stream<Named<MintedToken>> wider() {
        return Stream.of(
                Named.of("another permission", token(Map.of("contents", "write", "secrets", "read"), REPOSITORIES)),
                Named.of("a higher level", token(Map.of("issues", "write"), REPOSITORIES)),
                Named.of("an administrator's level", token(Map.of("contents", "admin"), REPOSITORIES)),
                Named.of("an unknown level", token(Map.of("contents", "maintain"), REPOSITORIES)),
                Named.of("an empty level", token(Map.of("contents", ""), REPOSITORIES)),
                Named.of("metadata to write", token(Map.of("metadata", "write"), REPOSITORIES)),
                Named.of("another repository", token(PERMISSIONS, List.of("octo-repo", "octo-secrets"))),
                Named.of("a repository without a name", token(PERMISSIONS, List.of(""))),
                Named.of("no repository, which GitHub takes for all of them", token(PERMISSIONS, List.of())),
                Named.of("no word about permissions", token(Optional.empty(), Optional.of(REPOSITORIES))),
                Named.of("no word about repositories", token(Optional.of(PERMISSIONS), Optional.empty())));
    }

    @ParameterizedTest
    @MethodSource("wider")
    void is_not_within_the_request_with(MintedToken token) {
        assertThat(token(PERMISSIONS, REPOSITORIES).isWithin(ASKED)).isTrue();
        assertThat(token.isWithin(ASKED)).isFalse();
    }

    static Stream<Named<MintedToken>> forAllRepositories() {
        return Stream.of(
                Named.of("no word about repositories", token(Optional.of(PERMISSIONS), Optional.empty())),
                Named.of("some repositories", token(PERMISSIONS, REPOSITORIES)));
    }

    @ParameterizedTest
    @MethodSource("forAllRepositories")
    void is_within_a_request_for_all_repositories_with(MintedToken token) {
        assertThat(token.isWithin(new TokenRequest(ASKED.permissions(), List.of())))
                .isTrue();
    }

    static Stream<Arguments> owners() {
        return Stream.of(
                Arguments.of("the owner", List.of("octo-org"), true, true),
                Arguments.of("the owner in another spelling", List.of("Octo-Org"), true, true),
                Arguments.of("another owner", List.of("octo-org-renamed"), false, false),
                Arguments.of("the owner and another", List.of("octo-org", "evil"), false, false),
                Arguments.of("a repository without an owner", List.of(""), false, false),
                Arguments.of("no word about owners, as of a token for all repositories", List.of(), false, true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("owners")
    void is_of_an_owner_when_github_says_so(String name, List<String> owners, boolean ofSome, boolean ofAll) {
        var token = token(Optional.of(PERMISSIONS), Optional.of(REPOSITORIES), owners);
        assertThat(token.isOf("octo-org", ASKED)).isEqualTo(ofSome);
        assertThat(token.isOf("octo-org", new TokenRequest(ASKED.permissions(), List.of())))
                .isEqualTo(ofAll);
    }

    private static MintedToken token(Map<String, String> permissions, List<String> repositories) {
        return token(Optional.of(permissions), Optional.of(repositories));
    }

    private static MintedToken token(Optional<Map<String, String>> permissions, Optional<List<String>> repositories) {
        return token(permissions, repositories, List.of("octo-org"));
    }

    private static MintedToken token(
            Optional<Map<String, String>> permissions, Optional<List<String>> repositories, List<String> owners) {
        return new MintedToken(
                new InstallationToken("a-token", Instant.EPOCH), permissions, repositories, owners, false);
    }
}
