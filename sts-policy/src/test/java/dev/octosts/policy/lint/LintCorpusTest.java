package dev.octosts.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Severity;
import dev.octosts.policy.repository.FileKind;
import dev.octosts.policy.repository.PolicyKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies as people write them, of public repositories where they are at hand, and our own. */
class LintCorpusTest {
    private static final Path PUBLIC = Path.of("../../shared/corpus/policies");
    private static final Path OWN = Path.of("src/test/resources/policies");
    /** What the engine leaves to GitHub to refuse. */
    private static final Set<DiagnosticCode> CERTAIN = EnumSet.of(
            DiagnosticCode.OWNER_IN_REPOSITORIES,
            DiagnosticCode.BAD_REPOSITORY_NAME,
            DiagnosticCode.BAD_ISSUER,
            DiagnosticCode.LEVEL_NOT_OFFERED);

    static List<Path> files() throws IOException {
        try (Stream<Path> own = Files.list(OWN);
                Stream<Path> published = Files.isDirectory(PUBLIC) ? Files.list(PUBLIC) : Stream.empty()) {
            return Stream.concat(own, published).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void has_an_error_exactly_where_its_header_says_so(Path file) throws IOException {
        String header = Files.readString(file);
        FileKind kind = header.contains("SCOPE: org") ? PolicyKind.ORGANIZATION : PolicyKind.REPOSITORY;

        List<Diagnostic> errors = PolicyLinter.lint(Files.readAllBytes(file), FileContext.of(kind, "")).stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .toList();

        if (header.contains("VERDICT: reject")
                || header.contains("VERDICT: valid-parse-422")
                || !header.contains("permissions:")) {
            assertThat(errors).isNotEmpty();
        } else {
            assertThat(errors).extracting(Diagnostic::code).isSubsetOf(CERTAIN);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void mechanical_fixes_come_to_an_end(Path file) throws IOException {
        byte[] fixed = Files.readAllBytes(file);
        for (int round = 0; round < 5; round++) {
            fixed = Fix.apply(fixed, fixes(fixed));
        }

        assertThat(fixes(fixed)).isEmpty();
    }

    private static List<Fix> fixes(byte[] file) {
        return PolicyLinter.lint(file, FileContext.of(PolicyKind.ORGANIZATION, "")).stream()
                .flatMap(diagnostic -> diagnostic.fix().stream())
                .filter(Fix::isMechanical)
                .toList();
    }
}
