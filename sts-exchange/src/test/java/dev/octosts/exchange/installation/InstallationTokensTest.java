package dev.octosts.exchange.installation;

import static dev.octosts.github.fixture.GitHubFixture.REPOSITORY;
import static dev.octosts.sandbox.github.Calls.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.exchange.installation.InstallationTokens.Minted;
import dev.octosts.github.GitHubResult.Failure;
import dev.octosts.github.GitHubResult.Reason;
import dev.octosts.github.GitHubResult.Success;
import dev.octosts.github.TokenRequest;
import dev.octosts.github.fixture.GitHubFixture;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Fault;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.Level;
import jakarta.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class InstallationTokensTest {

    private static final TokenRequest WANTED = new TokenRequest(Map.of("issues", "write"), List.of(REPOSITORY));

    private final GitHubFixture gitHub = new GitHubFixture();
    private final Installations installations = TestInstallations.of(gitHub);
    private final InstallationTokens tokens = new InstallationTokens(gitHub.client(), installations);

    @AfterEach
    void close() {
        gitHub.close();
    }

    static Stream<Arguments> untrustworthy() {
        return Stream.of(
                Arguments.of("another permission", Faults.granting("contents", Level.READ)),
                Arguments.of("a higher level", Faults.granting("issues", Level.ADMIN)),
                Arguments.of("all repositories", Faults.grantingAllRepositories()),
                Arguments.of("all repositories, of which it names some", selectingAll()),
                Arguments.of("no word about its permissions", Faults.without("permissions")),
                Arguments.of("no word about its repositories", Faults.without("repositories")),
                Arguments.of("no end", Faults.without("expires_at")),
                Arguments.of("half of the answer", Faults.truncated(150)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("untrustworthy")
    void a_token_is_revoked_and_not_handed_out_when_it_comes_with(String name, Fault fault) {
        var route = TestInstallations.route(gitHub, installations);
        gitHub.server().fault(kind(CallKind.MINT), fault, 1);
        assertThat(tokens.mint(route, WANTED)).isEqualTo(new Failure<>(Reason.UNAVAILABLE));
        gitHub.awaitRevocationOfAllBut();
        assertThat(gitHub.mintedTokens()).hasSize(1);
        assertThat(tokens.mint(route, WANTED)).isInstanceOf(Success.class);
    }

    private static Fault selectingAll() {
        return Faults.editing(json -> Json.createObjectBuilder(json)
                .add("repository_selection", "all")
                .build());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404})
    void an_installation_that_proves_stale_is_looked_up_once_and_the_new_one_mints(int status) {
        var stale = TestInstallations.route(gitHub, installations);
        gitHub.server().uninstall(gitHub.installation());
        var fresh = gitHub.server().install(gitHub.app(), gitHub.organization());
        gitHub.server().fault(kind(CallKind.MINT), Faults.status(status), 1);
        gitHub.log().clear();
        assertThat(tokens.mint(stale, WANTED))
                .isInstanceOfSatisfying(
                        Success.class,
                        success -> assertThat(((Minted) success.value())
                                        .route()
                                        .installation()
                                        .id())
                                .isEqualTo(fresh.id()));
        assertThat(gitHub.calls()).containsExactly(CallKind.MINT, CallKind.FIND_INSTALLATION, CallKind.MINT);
        assertThat(TestInstallations.route(gitHub, installations).installation().id())
                .isEqualTo(fresh.id());
    }

    @Test
    void an_app_that_is_not_installed_any_more_is_not_found() {
        var stale = TestInstallations.route(gitHub, installations);
        gitHub.server().uninstall(gitHub.installation());
        gitHub.log().clear();
        assertThat(tokens.mint(stale, WANTED)).isEqualTo(new Failure<>(Reason.NOT_FOUND));
        assertThat(gitHub.calls()).containsExactly(CallKind.MINT, CallKind.FIND_INSTALLATION);
    }

    @Test
    void an_installation_that_is_still_there_is_not_taken_for_absent() {
        var route = TestInstallations.route(gitHub, installations);
        gitHub.server().fault(kind(CallKind.MINT), Faults.status(404));
        gitHub.log().clear();
        assertThat(tokens.mint(route, WANTED)).isEqualTo(new Failure<>(Reason.UNAVAILABLE));
        assertThat(gitHub.calls()).containsExactly(CallKind.MINT, CallKind.FIND_INSTALLATION);
    }

    @Test
    void a_look_that_is_limited_says_so() {
        var route = TestInstallations.route(gitHub, installations);
        gitHub.server().fault(kind(CallKind.MINT), Faults.status(404));
        gitHub.server().fault(kind(CallKind.FIND_INSTALLATION), Faults.primaryLimit());
        assertThat(tokens.mint(route, WANTED)).isEqualTo(new Failure<>(Reason.LIMITED));
    }

    @Test
    void a_suspension_is_noticed_by_the_next_look() {
        var route = TestInstallations.route(gitHub, installations);
        gitHub.installation().suspend(Instant.now());
        assertThat(tokens.mint(route, WANTED)).isEqualTo(new Failure<>(Reason.FORBIDDEN));
        assertThat(installations.find(List.of(gitHub.caller()), gitHub.owner()))
                .isEqualTo(new Installations.Result.Suspended());
    }

    @ParameterizedTest
    @MethodSource("whatSaysNothingAboutInstallations")
    void other_failures_leave_what_is_known_of_installations(Fault fault, Reason reason) {
        var route = TestInstallations.route(gitHub, installations);
        gitHub.server().fault(kind(CallKind.MINT), fault);
        assertThat(tokens.mint(route, WANTED)).isEqualTo(new Failure<>(reason));
        gitHub.log().clear();
        assertThat(TestInstallations.route(gitHub, installations)).isEqualTo(route);
        assertThat(gitHub.calls()).isEmpty();
    }

    static Stream<Arguments> whatSaysNothingAboutInstallations() {
        return Stream.of(
                Arguments.of(Faults.unprocessable(), Reason.UNPROCESSABLE),
                Arguments.of(Faults.secondaryLimit(), Reason.LIMITED),
                Arguments.of(Faults.badGateway(), Reason.UNAVAILABLE));
    }
}
