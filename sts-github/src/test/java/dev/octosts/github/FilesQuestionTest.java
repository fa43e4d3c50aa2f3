package dev.octosts.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesQuestionTest {

    private final FilesQuestion question = new FilesQuestion("octo-org", ".github", List.of("a.yaml", "b.yaml"));

    @Test
    void names_everything_in_variables_and_nothing_in_the_query() {
        String body = new String(question.body(), StandardCharsets.UTF_8);

        assertThat(body).contains("\"owner\":\"octo-org\"", "\"name\":\".github\"", "\"at1\":\"HEAD:b.yaml\"");
        assertThat(body.substring(0, body.indexOf("\"variables\""))).doesNotContain("octo-org", "yaml");
    }

    @Test
    void takes_whole_texts_and_absence() throws Exception {
        var files = read("""
                {"data": {"repository": {
                  "file0": {"__typename": "Blob", "text": "ü\\n", "byteSize": 3, "isTruncated": false},
                  "file1": null,
                  "folder0": {"__typename": "Tree", "entries": [{"name": "a.yaml", "mode": 33188}]}}}}
                """);

        assertThat(files.limited()).isFalse();
        assertThat(files.files())
                .containsOnlyKeys("a.yaml", "b.yaml")
                .containsEntry("b.yaml", new FileContent.Absent());
        assertThat(files.files().get("a.yaml"))
                .isInstanceOfSatisfying(
                        FileContent.File.class,
                        file -> assertThat(file.bytes()).isEqualTo("ü\n".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"__typename\": \"Tree\"}",
                "{\"__typename\": \"Blob\", \"text\": null, \"byteSize\": 3, \"isTruncated\": false}",
                "{\"__typename\": \"Blob\", \"text\": \"abc\", \"byteSize\": 4, \"isTruncated\": false}",
                "{\"__typename\": \"Blob\", \"text\": \"abc\", \"byteSize\": 3, \"isTruncated\": true}",
                "{\"__typename\": \"Blob\", \"text\": \"abc\", \"byteSize\": 3}",
                "{\"__typename\": \"Blob\", \"text\": \"abc\", \"isTruncated\": false}",
                "{\"__typename\": \"Blob\", \"text\": \"abc\", \"byteSize\": 3, \"isTruncated\": false},"
                        + " \"folder0\": null",
                "{\"__typename\": \"Blob\", \"text\": \"abc\", \"byteSize\": 3, \"isTruncated\": false},"
                        + " \"folder0\": {\"entries\": [{\"name\": \"a.yaml\"}]}",
                "{\"__typename\": \"Blob\", \"text\": \"abc\", \"byteSize\": 3, \"isTruncated\": false},"
                        + " \"folder0\": {\"entries\": [{\"name\": \"a.yaml\", \"mode\": 57344}]}",
                "{\"__typename\": \"Blob\", \"text\": \"abc\", \"byteSize\": 3, \"isTruncated\": false},"
                        + " \"folder0\": {\"entries\": [{\"name\": \"b.yaml\", \"mode\": 33188}]}",
                "{\"__typename\": \"Blob\"}",
                "{}",
                "[]",
                "\"abc\"",
                "false"
            })
    void leaves_a_file_open_about_which_there_is_doubt(String object) throws Exception {
        assertThat(read("{\"data\": {\"repository\": {\"file0\": " + object + "}}}")
                        .files())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"text\"",
                "null",
                "{\"type\": \"file\", \"encoding\": \"base64\", \"content\": \"\"}",
                "{\"data\": null}",
                "{\"data\": {}}",
                "{\"data\": {\"repository\": []}}",
                "{\"data\": {\"repository\": {\"file0\": null, \"file1\": null}}, \"errors\": []}",
                "{\"data\": {\"repository\": {\"file0\": null, \"file1\": null}}, \"errors\": [{\"type\": \"FORBIDDEN\"}]}"
            })
    void takes_nothing_for_absent_unless_the_repository_was_seen_without_errors(String answer) throws Exception {
        assertThat(read(answer)).isEqualTo(new FilesQuestion.FoundFiles(false, false, Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"data\": {\"repository\": null}, \"errors\": [{\"type\": \"NOT_FOUND\"}]} | true",
                "{\"data\": {\"repository\": null}} | true",
                "{\"data\": {\"repository\": null}, \"errors\": [{\"type\": \"FORBIDDEN\"}]} | false",
                "{\"data\": {\"repository\": null}, \"errors\": [{\"type\": \"NOT_FOUND\"}, {}]} | false",
                "{\"data\": null, \"errors\": [{\"type\": \"NOT_FOUND\"}]} | false",
                "{\"data\": {\"repository\": {\"file0\": null, \"file1\": null}}} | false"
            })
    void knows_a_repository_that_the_token_does_not_see(String answer, boolean unseen) throws Exception {
        assertThat(read(answer).unseen()).isEqualTo(unseen);
    }

    @Test
    void knows_a_symbolic_link_by_its_mode_and_does_not_take_its_text_for_content() throws Exception {
        var files = read("""
                {"data": {"repository": {
                  "file0": {"__typename": "Blob", "text": "abc", "byteSize": 3, "isTruncated": false},
                  "folder0": {"entries": [{"name": "z", "mode": 33188}, {"name": "a.yaml", "mode": 40960}]}}}}
                """);

        assertThat(files.files()).isEqualTo(Map.of("a.yaml", new FileContent.Link()));
    }

    @Test
    void asks_for_each_folder_once() {
        var body = new String(
                new FilesQuestion("o", "r", List.of("x/a.yaml", "x/b.yaml", "y/c.yaml")).body(),
                StandardCharsets.UTF_8);

        assertThat(body).contains("\"in0\":\"HEAD:x\"", "\"in1\":\"HEAD:y\"").doesNotContain("in2");
    }

    @Test
    void knows_a_limit_by_its_type() throws Exception {
        assertThat(read("{\"errors\": [{\"type\": \"RATE_LIMITED\"}]}").limited())
                .isTrue();
    }

    @Test
    void does_not_take_anything_else_for_an_answer() {
        assertThatThrownBy(() -> read("<html>")).isInstanceOf(GitHubJson.MalformedAnswerException.class);
        assertThatThrownBy(() -> read("")).isInstanceOf(GitHubJson.MalformedAnswerException.class);
    }

    private FilesQuestion.FoundFiles read(String answer) throws Exception {
        return question.read(answer.getBytes(StandardCharsets.UTF_8));
    }
}
