package dev.octosts.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.http.Reply;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a prober's command line and environment mean; what its rounds find is tested where they are made. */
class ProbeCommandTest extends CommandTest {

    private static final String SIGNED = "eyJhbGciOiJSUzI1NiJ9.e30.c2ln";

    private Map<String, String> environment(String... more) {
        var all = new HashMap<>(Map.of(
                "OCTOSTS_URL",
                url(),
                "GITHUB_API_URL",
                url(),
                "STS_DOMAIN",
                "sts.example.com",
                "PROBER_IDENTITY",
                "prober",
                "WORKLOAD",
                SIGNED));
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private Result probe(Map<String, String> environment, String... arguments) {
        return call(ProbeCommand::new, environment, "", arguments);
    }

    @Test
    void takes_the_environment_of_an_existing_prober() {
        exchangeRefuses(403, 7, "not you");
        var result = probe(environment(), "--token-env=WORKLOAD", "--only=positive");
        assertThat(result.status()).isEqualTo(1);
        assertThat(requests().getFirst().parameter("scope")).contains("octo-sts/prober");
        assertThat(requests().getFirst().parameter("identity")).contains("prober");
        assertThat(requests().getLast().parameter("identity")).contains("does-not-exist");
        assertThat(result.out())
                .contains(
                        "failed    exchange", "rpc error: code = PermissionDenied desc = not you", "positive: failed");
    }

    @Test
    void names_a_service_that_grants_everything_a_breach_and_gives_the_tokens_back() {
        var result =
                probe(environment("PROBER_SCOPE", "o/r"), "--token-env=WORKLOAD", "--only=negative", "--format=json");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains("\"outcome\":\"breached\"", "\"check\":\"no-token\"")
                .doesNotContain(GAINED, SIGNED);
        assertThat(calls().stream().filter("DELETE /installation/token"::equals))
                .hasSameSizeAs(
                        calls().stream().filter("GET /sts/exchange"::equals).toList());
    }

    @Test
    void passes_when_a_stranger_is_refused() {
        exchangeRefuses(403, 7, "not you");
        assertThat(probe(environment(), "--token-env=WORKLOAD", "--only=stranger")
                        .status())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--only=everything           | --only: give positive, negative or stranger",
                "--format=xml                | --format: 'xml' is none of text, json",
                "--slow=5                    | --slow:",
                "--serve                     | AUTHORIZATION is not set",
                "--serve --every=1s          | --every: give at least 10s",
                "--url=http://sts.example    | tokens do not travel over plain http",
            })
    void says_what_makes_no_sense(String arguments, String message) {
        var all = ("--token-env=WORKLOAD " + arguments).split(" ");
        var result = probe(environment(), all);
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains(message);
        assertThat(requests()).isEmpty();
    }

    @Test
    void names_the_variable_that_is_missing_or_wrong() {
        assertThat(probe(Map.of()).err()).contains("STS_DOMAIN is not set");
        assertThat(probe(Map.of("STS_DOMAIN", "https://sts.example.com")).err())
                .contains("STS_DOMAIN: this is not a host");
        var result = probe(Map.of("STS_DOMAIN", "sts.example.com"));
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("PROBER_IDENTITY is not set");
    }

    @Test
    void does_not_read_a_token_again_and_again_from_standard_input() {
        assertThat(probe(environment(), "--token", "-").err()).contains("--token -: tokens are needed again");
    }

    @Test
    void loads_only_this_machine_unless_told() {
        var environment = environment("OCTOSTS_URL", "https://sts.example.com", "OCTOSTS_SCOPE", "o/r");
        var result = call(
                LoadCommand::new,
                environment,
                "",
                "--identity=ci",
                "--token-env=WORKLOAD",
                "--rate=1",
                "--duration=1s");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("--allow-remote");
        assertThat(requests()).isEmpty();
    }

    @Test
    void loads_within_an_error_budget() {
        var environment = environment("OCTOSTS_SCOPE", "o/r", "OCTOSTS_IDENTITY", "ci");
        var granted = call(
                LoadCommand::new, environment, "", "--token-env=WORKLOAD", "--rate=20", "--duration=500ms", "--json");
        assertThat(granted.status()).as(granted.err()).isZero();
        assertThat(granted.out()).contains("\"granted\":10", "\"failed\":0").doesNotContain(GAINED);
        assertThat(calls().stream().filter("DELETE /installation/token"::equals))
                .hasSize(10);
        exchangeAnswers(Reply.json(403, "{\"code\":7,\"message\":\"no\"}"));
        assertThat(call(LoadCommand::new, environment, "", "--token-env=WORKLOAD", "--rate=20", "--duration=500ms")
                        .status())
                .isEqualTo(1);
    }
}
