package dev.octosts.policy.lint;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.Level;
import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.diagnostic.Severity;
import dev.octosts.policy.preset.Preset;
import dev.octosts.policy.repository.GovernanceKind;
import dev.octosts.policy.repository.PolicyKind;
import dev.octosts.policy.repository.PolicyPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages about policies show is what the engine does. */
class DocumentationTest {
    private static final Path PAGE = Path.of("../docs/trust-policies.md");
    private static final Path DIAGNOSTICS = Path.of("../docs/diagnostics.md");
    private static final Path GOVERNANCE = Path.of("../docs/governance.md");
    private static final String BEGIN = "<!-- diagnostics: written by DocumentationTest with -Ddocs.write=true -->\n";
    private static final String END = "<!-- end of diagnostics -->\n";
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REFUSED = Pattern.compile("^# refused: (.*)\n");
    private static final Pattern WARNED = Pattern.compile("^# warning: (.*)\n");

    /** A block of YAML and the line that names it in a failure. */
    record Block(String text) {
        /** The whole file that a part stands for. */
        String file() {
            var file = new StringBuilder();
            if (!text.contains("issuer:") && !text.contains("issuer_pattern:") && !text.contains("mode:")) {
                file.append(Linting.ISSUER);
            }
            if (!text.contains("subject") && !text.contains("mode:") && !text.contains("# refused: neither")) {
                file.append(Linting.SUBJECT);
            }
            file.append(text);
            if (!text.contains("permissions:") && !text.contains("mode:")) {
                file.append(Linting.GRANT);
            }
            return file.toString();
        }

        FileContext context() {
            if (text.startsWith("# trusted issuers")) {
                return FileContext.of(GovernanceKind.TRUSTED_ISSUERS, PolicyPaths.TRUSTED_ISSUERS_NAME)
                        .in("octo-org", ".github");
            }
            if (text.startsWith("# guard rails")) {
                return FileContext.of(GovernanceKind.GUARDRAILS, PolicyPaths.GUARDRAILS_NAME)
                        .in("octo-org", ".github");
            }
            return text.startsWith("# organization policy") ? Linting.organization() : Linting.repository();
        }

        List<Diagnostic> diagnostics() {
            return PolicyLinter.lint(Linting.bytes(file()), context());
        }

        @Override
        public String toString() {
            return text.lines().limit(2).collect(joining(" "));
        }
    }

    static Stream<Block> blocks() throws IOException {
        String page = Files.readString(DIAGNOSTICS);
        String written = page.substring(0, page.indexOf(BEGIN)) + page.substring(page.indexOf(END));
        return Stream.of(Files.readString(PAGE), written, Files.readString(GOVERNANCE))
                .flatMap(text -> BLOCK.matcher(text).results())
                .map(found -> new Block(found.group(1)));
    }

    static Stream<Preset> presets() {
        return Preset.all().stream();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void every_file_on_the_pages_is_as_good_or_as_bad_as_it_says(Block block) {
        var refused = REFUSED.matcher(block.text());
        var warned = WARNED.matcher(block.text());
        List<String> errors = told(block, Severity.ERROR);
        if (refused.find()) {
            assertThat(errors).anySatisfy(message -> assertThat(message).startsWith(refused.group(1)));
        } else if (warned.find()) {
            assertThat(errors).isEmpty();
            assertThat(told(block, Severity.WARNING))
                    .anySatisfy(message -> assertThat(message).startsWith(warned.group(1)));
        } else {
            assertThat(errors).as(block.file()).isEmpty();
        }
    }

    private static List<String> told(Block block, Severity severity) {
        return block.diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity() == severity)
                .map(Diagnostic::message)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void every_preset_is_on_the_page(Preset preset) throws IOException {
        assertThat(Files.readString(PAGE)).contains("```yaml\n" + policyOf(preset) + "```\n");
    }

    private static String policyOf(Preset preset) {
        var values = new TreeMap<String, String>();
        for (Preset.Parameter parameter : preset.parameters()) {
            if (parameter.required()) {
                values.put(parameter.name(), parameter.example());
            }
        }
        var grant =
                new Preset.PresetGrant(PolicyKind.REPOSITORY, new TreeMap<>(Map.of("contents", Level.READ)), List.of());
        return preset.write(values, grant, "sts.example.com").policy();
    }

    @Test
    void every_diagnostic_is_on_the_page_with_what_the_linter_says() throws IOException {
        String page = Files.readString(DIAGNOSTICS);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String written = index() + inOrder().map(DocumentationTest::section).collect(joining("\n", "\n", "\n"));
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(DIAGNOSTICS, page.substring(0, begin) + written + page.substring(end));
        }

        assertThat(Files.readString(DIAGNOSTICS)).contains(BEGIN + written + END);
    }

    private static Stream<DiagnosticCode> inOrder() {
        return Arrays.stream(DiagnosticCode.values()).sorted(Comparator.comparing(DiagnosticCode::id));
    }

    private static String index() {
        return inOrder()
                .map(code -> "| [%s](#%s) | %s | %s |\n"
                        .formatted(
                                code.id(),
                                lowerCase(code.id()),
                                lowerCase(code.severity().name()),
                                code.title()))
                .collect(joining("", "\n| code | | |\n|---|---|---|\n", ""));
    }

    private static String section(DiagnosticCode code) {
        String heading = "#### %s\n\n%s (%s).\n"
                .formatted(code.id(), code.title(), lowerCase(code.severity().name()));
        if (code == DiagnosticCode.BAD_TEST) {
            return heading + "\nIt is about [test files](command-line.md#policy-test).\n";
        }
        Example example = Example.of(code);
        String message = PolicyLinter.lint(Linting.bytes(example.wrong()), example.context()).stream()
                .filter(diagnostic -> diagnostic.code() == code)
                .findFirst()
                .map(diagnostic -> "%d:%d %s".formatted(diagnostic.line(), diagnostic.column(), diagnostic.message()))
                .orElseThrow();
        return heading
                + "\n```text\n%s\n```\n\n<details><summary>Wrong and right</summary>\n\n%s\n%s\n</details>\n"
                        .formatted(
                                message,
                                shown(example.context(), example.wrong()),
                                shown(example.rightContext(), example.right()));
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String shown(FileContext context, String text) {
        String file = context.kind() == PolicyKind.REPOSITORY ? context.fileName() : ".github: " + context.fileName();
        return "`%s`:\n\n```yaml\n%s```\n".formatted(file, text.replace('\u0007', '\u2407'));
    }
}
