package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.repository.PolicyKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies as people write them: of public repositories where they are at hand, and our own. */
class CorpusTest {
    private static final Path PUBLIC = Path.of("../../shared/corpus/policies");
    private static final Path OWN = Path.of("src/test/resources/policies");

    static List<Path> files() throws IOException {
        try (Stream<Path> own = Files.list(OWN);
                Stream<Path> published = Files.isDirectory(PUBLIC) ? Files.list(PUBLIC) : Stream.empty()) {
            return Stream.concat(own, published).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void has_the_verdict_that_its_header_states(Path file) throws IOException {
        String header = Files.readString(file);
        PolicyKind kind = header.contains("SCOPE: org") ? PolicyKind.ORGANIZATION : PolicyKind.REPOSITORY;

        TrustPolicy.Reading reading = TrustPolicy.read(Files.readAllBytes(file), kind);

        assertThat(reading).as(reading.toString()).isInstanceOf(expected(header));
    }

    @Test
    void is_not_empty() throws IOException {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(6);
    }

    private static Class<? extends TrustPolicy.Reading> expected(String header) {
        if (header.contains("VERDICT: reject-parse") || header.contains("VERDICT: valid-parse-422")) {
            // A level other than read, write and admin is a parse error here; GitHub's refusal comes too late to help.
            return TrustPolicy.Reading.Unparsable.class;
        }
        if (header.contains("VERDICT: reject-compile") || !header.contains("permissions:")) {
            // A policy without a grant is refused here.
            return TrustPolicy.Reading.Invalid.class;
        }
        assertThat(header).contains("VERDICT: valid");
        return TrustPolicy.Reading.Valid.class;
    }
}
