package dev.octosts.app.cli.policy.report;

import dev.octosts.policy.diagnostic.DiagnosticCode;
import dev.octosts.policy.lint.Example;
import dev.octosts.policy.lint.FileContext;
import dev.octosts.policy.lint.PolicyLinter;
import dev.octosts.policy.text.DidYouMean;
import dev.octosts.policy.text.JsonWriter;
import dev.octosts.policy.text.SafeText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the documentation says about a code: its meaning, and a wrong and a right file. */
public final class CodePage {

    private static final Pattern CODE = Pattern.compile("(?:STS)?([0-9]{1,3})");

    private final DiagnosticCode code;

    private CodePage(DiagnosticCode code) {
        this.code = code;
    }

    /** The page of a code as people write it: {@code STS040}, {@code sts40}, {@code 40}. */
    public static Optional<CodePage> of(String written) {
        var number = CODE.matcher(written.strip().toUpperCase(Locale.ROOT));
        if (!number.matches()) {
            return Optional.empty();
        }
        var id = "STS%03d".formatted(Integer.parseInt(number.group(1)));
        return Stream.of(DiagnosticCode.values())
                .filter(known -> known.id().equals(id))
                .findFirst()
                .map(CodePage::new);
    }

    /** The nearest code, when that is another. */
    public static Optional<String> nearest(String written) {
        List<String> ids =
                Stream.of(DiagnosticCode.values()).map(DiagnosticCode::id).toList();
        return DidYouMean.within(1, written.strip().toUpperCase(Locale.ROOT), ids);
    }

    /** For people to read. */
    public String text(Links links) {
        var page = new StringBuilder();
        line(page, links.code(code) + " (" + code.severity().wireName() + "): " + code.title());
        line(page, Links.address(code));
        example()
                .ifPresentOrElse(
                        example -> {
                            line(page, "");
                            line(page, "wrong, " + name(example.context()) + ":");
                            indented(page, example.wrong());
                            line(page, "what is said about it:");
                            indented(page, message(example));
                            line(page, "right, " + name(example.rightContext()) + ":");
                            indented(page, example.right());
                        },
                        () -> line(page, "It is about files with tests of policies: octo-sts policy test --help"));
        return page.toString();
    }

    /** For programs to read, in JSON. */
    public String json() {
        var page = new LinkedHashMap<String, Object>();
        page.put("code", code.id());
        page.put("severity", code.severity().wireName());
        page.put("title", code.title());
        page.put("documentation", Links.address(code));
        example().ifPresent(example -> {
            page.put("message", message(example));
            page.put("wrong", file(example.context(), example.wrong()));
            page.put("right", file(example.rightContext(), example.right()));
        });
        return JsonWriter.forBuilds(page, 0);
    }

    private Optional<Example> example() {
        return code == DiagnosticCode.BAD_TEST ? Optional.empty() : Optional.of(Example.of(code));
    }

    private static Map<String, Object> file(FileContext context, String text) {
        var file = new LinkedHashMap<String, Object>();
        file.put("name", name(context));
        file.put("text", text);
        return file;
    }

    private static String name(FileContext context) {
        return context.fileName();
    }

    private String message(Example example) {
        return PolicyLinter.lint(example.wrong().getBytes(StandardCharsets.UTF_8), example.context()).stream()
                .filter(diagnostic -> diagnostic.code() == code)
                .findFirst()
                .map(diagnostic -> "%d:%d %s".formatted(diagnostic.line(), diagnostic.column(), diagnostic.message()))
                .orElse(code.title());
    }

    private static void indented(StringBuilder page, String text) {
        text.lines().forEach(each -> line(page, "  " + SafeText.line(each)));
    }

    private static void line(StringBuilder page, String text) {
        page.append(text).append(System.lineSeparator());
    }
}
