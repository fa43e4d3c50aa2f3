package dev.octosts.app.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.probers.JsonObjects;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class TestCommandTest extends PolicyTest {

    private static final String CLAIMS =
            "{iss: https://token.actions.githubusercontent.com, aud: sts.example.com, sub: \"repo:octo-org@9919/octo-repo@1296269:%s\"}";
    private static final String TESTS =
            """
            tests:
              - name: main may read
                claims: %s
                expect: {permissions: {contents: read}}
              - name: "pull requests # may not \\\\ & <so>\\u0001"
                claims: %s
                expect: {%%s}
            """.formatted(CLAIMS.formatted("ref:refs/heads/main"), CLAIMS.formatted("pull_request"));

    private Result test(String... arguments) {
        return call(TestCommand::new, Map.of(), "", arguments);
    }

    @Test
    void passes_when_every_policy_does_what_is_expected() throws IOException {
        write(PLACE + "ci.sts.yaml", CLEAN);
        write(PLACE + "ci.sts.test.yaml", "domain: sts.example.com\n" + TESTS.formatted("denied: subject"));

        assertThat(test(".")).isEqualTo(new Result(0, """
                TAP version 14
                1..2
                ok 1 - .github/chainguard/ci.sts.test.yaml: main may read
                ok 2 - .github/chainguard/ci.sts.test.yaml: pull requests \\# may not \\\\ & <so>\\\\u0001
                """, ""));
    }

    @Test
    void fails_with_what_was_found_instead() throws IOException {
        write("ci.sts.yaml", CLEAN);
        write("ci.sts.test.yaml", TESTS.formatted("permissions: {contents: read}"));

        var result = test("--domain=sts.example.com", ".");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("""
                not ok 2 - ci.sts.test.yaml: pull requests \\# may not \\\\ & <so>\\\\u0001
                  ---
                  message: "expected a token, but: subject: the token is a pull request's, and the policy accepts no such runs; to accept it, write subject: repo:octo-org@9919/octo-repo@1296269:pull_request"
                  ...
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--json", "--format=json"})
    void tells_it_to_programs(String option) throws IOException {
        write("ci.sts.yaml", CLEAN);
        write("ci.sts.test.yaml", TESTS.formatted("permissions: {contents: read}"));

        var result = test("--domain=sts.example.com", option, "ci.sts.test.yaml");

        assertThat(result.status()).isEqualTo(1);
        assertThat(JsonObjects.object(result.out())).hasValueSatisfying(json -> {
            assertThat(json.getJsonObject("summary").getInt("tests")).isEqualTo(2);
            assertThat(json.getJsonObject("summary").getInt("failures")).isEqualTo(1);
            var tests = json.getJsonArray("files").getJsonObject(0).getJsonArray("tests");
            assertThat(tests.getJsonObject(0).getBoolean("passed")).isTrue();
            assertThat(tests.getJsonObject(1).getString("message")).startsWith("expected a token, but: subject");
        });
    }

    @Test
    void tells_it_in_the_xml_of_junit() throws Exception {
        write("ci.sts.yaml", CLEAN);
        write("ci.sts.test.yaml", TESTS.formatted("permissions: {contents: read}"));

        var result = test("--domain=sts.example.com", "--format=junit", "ci.sts.test.yaml");

        assertThat(result.out()).matches("[ -~\\n\\r]*");
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        var root = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(result.out().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("testsuites");
        assertThat(root.getAttribute("tests")).isEqualTo("2");
        assertThat(root.getAttribute("failures")).isEqualTo("1");
        var cases = root.getElementsByTagName("testcase");
        assertThat(((Element) cases.item(0)).getAttribute("name")).isEqualTo("main may read");
        assertThat(((Element) cases.item(0)).getElementsByTagName("failure").getLength())
                .isZero();
        assertThat(((Element) cases.item(1)).getAttribute("name")).isEqualTo("pull requests # may not \\ & <so>\ufffd");
        var failure = (Element) root.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message"))
                .startsWith("expected a token, but: subject: the token is a pull request's");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tests: [ | 1:9 not YAML",
                "tests: [] | 1:1 the file has no tests",
                "tests: [{name: a, claims: {iss: x}, expect: {denied: any}}] | the policy names no audience",
            })
    void fails_when_a_test_file_cannot_be_used(String tests, String message) throws IOException {
        write("ci.sts.yaml", CLEAN);
        write("ci.sts.test.yaml", tests);

        var result = test(".");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("1..1", "not ok 1 - ci.sts.test.yaml: the tests can be run", message);
    }

    @Test
    void fails_when_the_policy_is_missing() throws IOException {
        write("ci.sts.test.yaml", TESTS.formatted("denied: any"));

        assertThat(test(".").out()).contains("not ok 1", "there is no policy ci.sts.yaml beside it");
    }

    @Test
    void holds_organization_policies_for_what_they_are() throws IOException {
        write("ci.sts.yaml", CLEAN + "repositories: [a, b]\n");
        write("ci.sts.test.yaml", """
                domain: sts.example.com
                tests:
                  - name: a and b
                    claims: %s
                    expect: {permissions: {contents: read}, repositories: [b, a]}
                """.formatted(CLAIMS.formatted("ref:refs/heads/main")));

        assertThat(test("--org", ".").status()).isZero();
        assertThat(test(".").status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "nowhere", "--format=xml ."})
    void ends_with_usage_when_there_is_nothing_to_run(String arguments) {
        var result = test(arguments.split(" "));

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isNotBlank();
    }
}
