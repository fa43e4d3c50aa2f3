package dev.octosts.github;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitBlobTest {

    /** What {@code git hash-object --stdin} prints. */
    @ParameterizedTest
    @CsvSource({
        "'', e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "'what is up, doc?', bd9dbf5aae1a3862dd1526723246b20206e5fc37",
    })
    void is_the_id_that_git_gives(String content, String id) {
        assertThat(GitBlob.id(content.getBytes(StandardCharsets.UTF_8))).isEqualTo(id);
    }
}
