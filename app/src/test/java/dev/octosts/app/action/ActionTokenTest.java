package dev.octosts.app.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.http.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** How the action gets a token, and revokes it when the job ends. */
class ActionTokenTest extends ActionTest {

    private static final Pattern INPUT = Pattern.compile("\\b(?:input|required|flag)\\('([a-z-]+)'");
    private static final Pattern OUTPUT = Pattern.compile("\\bsetOutput\\('([a-z-]+)'");

    @Test
    void gets_a_token() {
        exchangeAnswers(GRANTED);

        var result = step().run("main.mjs");

        assertThat(result.status()).as(result.printed()).isZero();
        assertThat(result.outputs())
                .containsEntry("token", TOKEN)
                .containsEntry("expires-at", "2026-01-01T01:00:00Z")
                .containsEntry("permissions", "contents=read,issues=write")
                .containsEntry("request-id", "request-1")
                .containsEntry("error-code", "")
                .containsEntry("error-message", "");
        var exchange = requests("/sts/exchange").getFirst();
        assertThat(exchange.header("authorization")).contains("Bearer " + ID_TOKEN);
        assertThat(exchange.query()).isEqualTo(Map.of("scope", "octo-org/octo-repo", "identity", "ci"));
    }

    @Test
    void masks_both_tokens_and_prints_neither() {
        exchangeAnswers(GRANTED);

        var result = step().run("main.mjs");

        assertThat(result.masks()).containsExactly(ID_TOKEN, TOKEN);
        assertThat(result.printed().replaceAll("::add-mask::.*", "")).doesNotContain(ID_TOKEN, TOKEN);
    }

    @Test
    void asks_github_actions_for_a_token_for_the_service() {
        exchangeAnswers(GRANTED);

        step().run("main.mjs");

        var asked = requests("/id-token").getFirst();
        assertThat(asked.query()).isEqualTo(Map.of("api-version", "2", "audience", "127.0.0.1"));
        assertThat(asked.header("authorization")).contains("Bearer of-the-runner");
    }

    @Test
    void asks_for_the_audience_that_is_given() {
        exchangeAnswers(GRANTED);

        step().input("audience", "sts.example.com").run("main.mjs");

        assertThat(requests("/id-token").getFirst().parameter("audience")).contains("sts.example.com");
    }

    @ParameterizedTest
    @CsvSource({"'', /sts/exchange", "/, /sts/exchange", "/below, /below/sts/exchange", "/below/, /below/sts/exchange"})
    void takes_a_domain_with_a_scheme_and_a_path_as_an_address(String rest, String path) {
        exchangeAnswers(GRANTED);

        var result = step().without("INPUT_URL").input("domain", url() + rest).run("main.mjs");

        assertThat(result.output("token")).isEqualTo(TOKEN);
        assertThat(requests(path)).hasSize(1);
    }

    @Test
    void asks_for_a_part_of_the_grant() {
        exchangeAnswers(GRANTED);

        step().input("permissions", "contents=read,\n  issues=write\n")
                .input("repositories", "one\ntwo")
                .run("main.mjs");

        var exchange = requests("/sts/exchange").getFirst();
        assertThat(exchange.parameter("permissions")).contains("contents=read,issues=write");
        assertThat(exchange.parameter("repositories")).contains("one,two");
    }

    private ActionStep.Result end(String token) {
        return new ActionStep(folder)
                .variable("STATE_token", token)
                .variable("GITHUB_API_URL", url())
                .run("post.mjs");
    }

    @Test
    void revokes_the_token_when_the_job_ends() {
        exchangeAnswers(GRANTED);

        var result = end(step().run("main.mjs").state().getOrDefault("token", ""));

        assertThat(result.status()).isZero();
        assertThat(result.printed()).isEqualTo("The token is revoked.\n");
        var revocations = requests("/installation/token");
        assertThat(revocations).hasSize(1);
        assertThat(revocations.getFirst().method()).isEqualTo("DELETE");
        assertThat(revocations.getFirst().header("authorization")).contains("Bearer " + TOKEN);
    }

    @Test
    void a_token_that_ended_before_is_no_fault() {
        revocation = Reply.empty(401);

        assertThat(end(TOKEN).printed()).isEqualTo("The token was not valid any more.\n");
    }

    @Test
    void says_why_a_token_could_not_be_revoked_and_does_not_fail_the_job() {
        revocation = Reply.empty(403);

        var result = end(TOKEN);

        assertThat(result.status()).isZero();
        assertThat(result.printed())
                .isEqualTo("::warning title=Octo-STS%3A token not revoked::"
                        + "GitHub answered 403; the token is valid until it expires\n");
    }

    @Test
    void revokes_nothing_when_there_was_no_token() {
        assertThat(end("").printed()).isEmpty();
        assertThat(requests("/installation/token")).isEmpty();
    }

    @Test
    void the_description_names_the_inputs_and_outputs_of_the_program() throws IOException {
        Map<String, Map<String, ?>> description = new Yaml().load(Files.readString(Path.of("..", "action.yml")));
        String program = program();

        assertThat(description.getOrDefault("inputs", Map.of()).keySet()).isEqualTo(found(INPUT, program));
        assertThat(description.getOrDefault("outputs", Map.of()).keySet()).isEqualTo(found(OUTPUT, program));
        assertThat(description.get("runs")).hasToString("{using=node24, main=action/main.mjs, post=action/post.mjs}");
    }

    private static Set<String> found(Pattern pattern, String text) {
        var names = new HashSet<String>();
        pattern.matcher(text).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    private static String program() throws IOException {
        try (Stream<Path> files = Files.list(ActionStep.ACTION)) {
            var text = new StringBuilder();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".mjs")).toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        }
    }
}
