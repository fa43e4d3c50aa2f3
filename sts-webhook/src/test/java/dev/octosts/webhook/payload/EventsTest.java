package dev.octosts.webhook.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.api.InstallationChanged;
import dev.octosts.api.PolicyEvent;
import dev.octosts.api.RepositoryChanged;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest {

    private static final String REPOSITORY =
            "\"repository\": {\"name\": \"r\", \"default_branch\": \"main\", \"owner\": {\"login\": \"o\"}}";

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Event read(String event, String json) throws MalformedPayloadException {
        return Events.read(event, stream(json));
    }

    private static Event sample(String event, String action) throws MalformedPayloadException {
        return read(event, Payloads.text(event + "-" + action));
    }

    @Test
    void reads_a_push_of_github() throws MalformedPayloadException {
        assertThat(read("push", Payloads.text("push"))).isInstanceOfSatisfying(Event.Push.class, push -> {
            assertThat(push.repository().owner()).isEqualTo("Codertocat");
            assertThat(push.repository().name()).isEqualTo("Hello-World");
            assertThat(push.repository().installation()).isPositive();
            assertThat(push.isToDefaultBranch()).isTrue();
            assertThat(push.after()).isEqualTo("6113728f27ae82c7b1a177c8d03f9e96e0adf246");
            assertThat(push.whole()).isTrue();
            assertThat(push.pusher()).isEqualTo(new PolicyEvent.Pusher("Codertocat", 21031067, "Codertocat"));
            assertThat(push.commits()).containsExactly(new Event.CommitFiles(List.of(), List.of(), List.of()));
        });
    }

    @Test
    void reads_pull_requests_and_checks_of_github() throws MalformedPayloadException {
        assertThat(sample("pull_request", "synchronize")).isInstanceOfSatisfying(Event.PullRequest.class, pull -> {
            assertThat(pull.number()).isEqualTo(2);
            assertThat(pull.head()).hasSize(40);
            assertThat(pull.base().commit()).hasSize(40);
            assertThat(pull.base().changed()).isFalse();
            assertThat(pull.files()).isEqualTo(1);
        });
        assertThat(sample("check_suite", "requested"))
                .isInstanceOfSatisfying(
                        Event.Checks.class, checks -> assertThat(checks.head()).hasSize(40));
        assertThat(sample("check_run", "rerequested")).isInstanceOfSatisfying(Event.Checks.class, checks -> {
            assertThat(checks.isRepeated()).isTrue();
            assertThat(checks.run()).isPresent();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1785000000 | 1785000000",
                "'\"2026-07-25T17:20:00Z\"' | 1785000000",
                "'\"yesterday\"' | 0",
                "null | 0",
                "{} | 0",
                "99999999999999999999999 | 0",
            })
    void tells_when_the_repository_was_created(String written, long seconds) throws MalformedPayloadException {
        var repository =
                REPOSITORY.replace("\"default_branch\"", "\"created_at\": " + written + ", \"default_branch\"");
        var commit = "\"" + "a".repeat(40) + "\"";

        assertThat(read(
                        "push",
                        "{\"ref\": \"refs/heads/x\", \"before\": %s, \"after\": %s, %s}"
                                .formatted(commit, commit, repository)))
                .isInstanceOfSatisfying(
                        Event.Push.class,
                        push -> assertThat(push.repository().createdAt()).isEqualTo(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "deleted", "suspend", "unsuspend", "new_permissions_accepted"})
    void tells_whose_installation_is_another(String action) throws MalformedPayloadException {
        assertThat(sample("installation", action))
                .isInstanceOfSatisfying(
                        Event.Elsewhere.class,
                        elsewhere -> assertThat(elsewhere.installations())
                                .containsExactly(new InstallationChanged(elsewhere.owner())));
    }

    @Test
    void tells_which_repositories_are_others() throws MalformedPayloadException {
        assertThat(sample("installation_repositories", "added"))
                .isInstanceOfSatisfying(
                        Event.Elsewhere.class,
                        elsewhere -> assertThat(elsewhere.repositories())
                                .containsExactly(RepositoryChanged.whole("codertocat", "space")));
        assertThat(sample("repository", "renamed"))
                .isInstanceOfSatisfying(
                        Event.Elsewhere.class,
                        elsewhere -> assertThat(elsewhere.repositories())
                                .contains(RepositoryChanged.whole("octocoders", "hello-world")));
        assertThat(sample("repository", "transferred"))
                .isInstanceOfSatisfying(
                        Event.Elsewhere.class,
                        elsewhere -> assertThat(elsewhere.repositories())
                                .contains(RepositoryChanged.whole("octocat", "hello-world")));
    }

    @ParameterizedTest
    @CsvSource({
        "push, '[]', the payload is not a JSON object",
        "push, '\"x\"', the payload is not a JSON object",
        "push, 'null', the payload is not a JSON object",
        "push, '{', the payload is not JSON",
        "push, '{}{}', the payload goes on after its end",
        "push, '{} x', the payload is not JSON",
        "push, '{\"repository\": 1}', 'the payload''s \"repository\" is not a object'",
        "push, '{\"commits\": {}}', 'the payload''s \"commits\" is not a list'",
        "push, '{\"commits\": [1]}', 'the payload''s \"commits[]\" is not a object'",
        "push, '{\"forced\": \"yes\"}', 'the payload''s \"forced\" is not a boolean'",
        "push, '{\"repository\": {}}', 'the payload has no \"repository.owner\"'",
        "push, '{\"repository\": {\"owner\": {\"login\": \"a/b\"}}}', 'the payload''s \"repository.owner.login\" is not a name'",
        "push, '{\"repository\": {\"name\": \"..\", \"owner\": {\"login\": \"o\"}}}', 'the payload''s \"repository.name\" is not a name'",
        "push, '{\"repository\": {\"name\": \"a\\nb\", \"owner\": {\"login\": \"o\"}}}', 'the payload''s \"repository.name\" is not a name'",
        "push, '{\"ref\": \"r\", \"before\": \"main\", \"repository\": {\"name\": \"r\", \"owner\": {\"login\": \"o\"}}}', 'the payload''s \"before\" is not a commit'",
        "pull_request, '{\"number\": \"1\"}', 'the payload''s \"number\" is not a number'",
        "pull_request, '{\"number\": 1.5}', 'the payload''s \"number\" is not a number'",
        "check_run, '{}', 'the payload has no \"check_run\"'",
        "check_suite, '{}', 'the payload has no \"check_suite\"'"
    })
    void refuses(String event, String json, String message) {
        assertThatThrownBy(() -> read(event, json))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessage(message);
    }

    @Test
    void refuses_what_is_too_deep_or_too_long() {
        assertThatThrownBy(() -> read("push", "{\"a\":".repeat(2_000)))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("too deeply");
        assertThatThrownBy(() -> read("push", "{\"ref\": \"" + "x".repeat(100_000) + "\"}"))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessageContaining("too long");
        assertThatThrownBy(() -> read("pull_request", "{\"number\": 99999999999999999999999}"))
                .isInstanceOf(MalformedPayloadException.class);
    }

    @Test
    void reads_over_what_it_does_not_want_however_long_it_is() throws MalformedPayloadException {
        var json = "{\"blob\": \"" + "x".repeat(1_000_000) + "\", \"ref\": \"refs/heads/main\", \"before\": \"1\","
                + " \"after\": \"2\", " + REPOSITORY + "}";

        assertThat(read("push", json))
                .isInstanceOfSatisfying(
                        Event.Push.class,
                        push -> assertThat(push.isToDefaultBranch()).isTrue());
    }

    @Test
    void does_not_trust_a_list_that_may_be_cut() throws MalformedPayloadException {
        assertThat(commits(19).whole()).isTrue();
        assertThat(commits(20).whole()).isFalse();
    }

    private static Event.Push commits(int count) throws MalformedPayloadException {
        var commits = IntStream.range(0, count).mapToObj(i -> "{\"added\": []}").collect(Collectors.joining(","));
        return (Event.Push) read(
                "push",
                "{\"ref\": \"r\", \"before\": \"1\", \"after\": \"2\", \"commits\": [" + commits + "], " + REPOSITORY
                        + "}");
    }

    @Test
    void keeps_of_ten_thousand_files_those_that_matter() throws MalformedPayloadException {
        var files =
                IntStream.range(0, 10_000).mapToObj(i -> "\"src/" + i + "\"").collect(Collectors.joining(","));
        var push = (Event.Push) read(
                "push",
                "{\"ref\": \"r\", \"before\": \"1\", \"after\": \"2\", \"commits\": [{\"added\": [" + files
                        + ", \".github/chainguard/a.sts.yaml\"]}], " + REPOSITORY + "}");

        assertThat(push.whole()).isTrue();
        assertThat(push.commits().getFirst().added()).containsExactly(".github/chainguard/a.sts.yaml");
    }

    @Test
    void finds_the_payload_of_a_form() throws MalformedPayloadException {
        var json = "{\"ref\": \"ä+ %\", \"before\": \"1\", \"after\": \"2\", " + REPOSITORY + "}";
        var form = "a=1&payload=" + URLEncoder.encode(json, StandardCharsets.UTF_8) + "&payloads=2";

        var event = Events.read("push", Content.json("application/x-www-form-urlencoded; charset=utf-8", stream(form)));

        assertThat(event)
                .isInstanceOfSatisfying(
                        Event.Push.class, push -> assertThat(push.ref()).isEqualTo("ä+ %"));
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-www-form-urlencoded, '', the form has no field \"payload\"",
        "application/x-www-form-urlencoded, 'xpayload={}', the form has no field \"payload\"",
        "application/x-www-form-urlencoded, 'payloa', the form has no field \"payload\"",
        "application/x-www-form-urlencoded, 'payload=%7', the payload ends early",
        "application/x-www-form-urlencoded, 'payload=%zz', the payload ends early",
        "text/plain, '{}', 'unsupported media type: set the webhook''s content type to application/json'",
        "'', '{}', 'unsupported media type: set the webhook''s content type to application/json'"
    })
    void refuses_content(String type, String body, String message) {
        assertThatThrownBy(() -> Events.read("push", Content.json(type, stream(body))))
                .isInstanceOf(MalformedPayloadException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"APPLICATION/JSON", "application/json; charset=utf-8", " application/json "})
    void knows_json_by_its_media_type(String type) throws MalformedPayloadException {
        assertThat(Content.json(type, stream("{}"))).hasSameContentAs(stream("{}"));
    }
}
