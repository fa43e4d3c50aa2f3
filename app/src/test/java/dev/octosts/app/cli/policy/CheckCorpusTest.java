package dev.octosts.app.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.cli.policy.report.JsonReportTest;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Policies of public repositories, where they are at hand, and our own: the command agrees with their headers. */
class CheckCorpusTest extends PolicyTest {

    private static final List<Path> FOLDERS =
            List.of(Path.of("../../shared/corpus/policies"), Path.of("../sts-policy/src/test/resources/policies"));

    /** What the service leaves to GitHub to refuse. */
    private static final Set<String> REFUSED_BY_GITHUB = Set.of("STS030", "STS031", "STS032", "STS035");

    @Test
    void agrees_with_the_headers() throws IOException {
        for (Path corpus : FOLDERS) {
            if (Files.isDirectory(corpus)) {
                agrees(files(corpus, false), "--repo");
                agrees(files(corpus, true), "--org");
            }
        }
    }

    private static List<Path> files(Path corpus, boolean organization) throws IOException {
        try (Stream<Path> files = Files.list(corpus)) {
            return files.map(Path::toAbsolutePath)
                    .filter(file -> read(file).contains("SCOPE: org") == organization)
                    .sorted()
                    .toList();
        }
    }

    private void agrees(List<Path> files, String kind) {
        var arguments =
                Stream.concat(Stream.of(kind, "--format=json"), files.stream().map(Path::toString));
        var report =
                JsonReportTest.object(check(arguments.toArray(String[]::new)).out());
        assertThat(report.getJsonArray("files")).hasSameSizeAs(files);
        report.getJsonArray("files").stream().map(JsonValue::asJsonObject).forEach(CheckCorpusTest::agrees);
    }

    private static void agrees(JsonObject file) {
        var errors = file.getJsonArray("diagnostics").stream()
                .map(JsonValue::asJsonObject)
                .filter(diagnostic -> diagnostic.getString("severity").equals("error"))
                .map(diagnostic -> diagnostic.getString("code"))
                .toList();
        var header = read(Path.of(file.getString("file")));
        boolean refused = header.contains("VERDICT: reject")
                || header.contains("VERDICT: valid-parse-422")
                || !header.contains("permissions:");
        if (refused) {
            assertThat(errors).as(file.getString("file")).isNotEmpty();
        } else {
            assertThat(errors).as(file.getString("file")).isSubsetOf(REFUSED_BY_GITHUB);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
