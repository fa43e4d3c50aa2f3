package dev.octosts.exchange;

import static dev.octosts.exchange.ExchangeFixture.IDENTITY;
import static dev.octosts.exchange.ExchangeFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.api.ProblemCode;
import jakarta.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Subjects as environments of GitHub make them, and claims that lie deeper. */
@Timeout(60)
class ExchangeSubjectTest {

    private static final String SUBJECT = "repo:octo-org/octo-repo:environment:Prod (EU) [1]";

    private final ExchangeFixture world = new ExchangeFixture();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void with_blanks_and_brackets_are_accepted_where_the_policy_names_them() {
        world.put(world.policy().replace("subject: sub-ok", "subject: '" + SUBJECT + "'"));
        world.granted(world.exchange(world.token().subject(SUBJECT).sign(), world.scope(), IDENTITY));
    }

    @Test
    void with_blanks_and_brackets_are_matched_by_patterns() {
        world.put(
                world.policy().replace("subject: sub-ok", "subject_pattern: 'repo:octo-org/octo-repo:environment:.*'"));
        world.granted(world.exchange(world.token().subject(SUBJECT).sign(), world.scope(), IDENTITY));
    }

    @Test
    void with_a_blank_at_the_end_are_malformed() {
        world.put(world.policy().replace("subject: sub-ok", "subject_pattern: '.*'"));
        var problem =
                refused(world.exchange(world.token().subject(SUBJECT + " ").sign(), world.scope(), IDENTITY));
        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_ARGUMENT);
        assertThat(problem.message()).isEqualTo("invalid subject in token");
    }

    @Test
    void claims_below_others_are_found_by_pointers_in_real_tokens() {
        world.put(world.policy("claim: {/kubernetes.io/namespace: [dev, prod], run: 12}"));
        var token = world.token()
                .claim(
                        "kubernetes.io",
                        Json.createObjectBuilder().add("namespace", "prod").build())
                .claim("run", 12);
        world.granted(world.exchange(token.sign(), world.scope(), IDENTITY));
        assertThat(refused(world.exchange()).message())
                .isEqualTo("trust policy: expected claim \"/kubernetes.io/namespace\" not found in token");
    }
}
