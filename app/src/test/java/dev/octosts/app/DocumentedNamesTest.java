package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents name classes and packages of this code, and these change. */
class DocumentedNamesTest {

    private static final Path ROOT = Path.of("..");

    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

    /** A class, or a member of one: two capitals at least, so that no header or key of a format is taken for one. */
    private static final Pattern CLASS = Pattern.compile("([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)(?:\\.\\w+)?(?:\\(\\))?");

    /** A class and its member. */
    private static final Pattern MEMBER = Pattern.compile("([A-Z]\\w+)\\.(\\w+)(?:\\(\\))?");

    private static final Pattern TYPE = Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z]\\w*)");
    private static final Pattern EXPORTS = Pattern.compile("(?s)\\bexports ([\\w.]+)( to)?[^;]*;");

    /** A link that calls a decision by its number. */
    private static final Pattern DECISION =
            Pattern.compile("(?i)\\[(?:decision|ADR) (\\d+)]\\((?:docs/)?(?:adr/)?(\\d{4})-");

    /** Classes of libraries, a code of gRPC, an option of Java. */
    private static final Set<String> OF_OTHERS = Set.of(
            "CircuitBreaker",
            "DnsResolver",
            "ForkJoinPool",
            "HttpURLConnection",
            "PermissionDenied",
            "Tier2InvokeNotifyFreqLog");

    static List<Path> documents() {
        var documents = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return documents;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void classes_exist(Path document) {
        var named = CODE.matcher(FENCED.matcher(read(document)).replaceAll(""))
                .results()
                .map(span -> CLASS.matcher(span.group(1)))
                .filter(Matcher::matches)
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        named.removeAll(OF_OTHERS);
        named.removeAll(Types.ALL);

        assertThat(named)
                .as("classes that %s names and that do not exist", document)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void members_of_classes_exist(Path document) {
        var missing = CODE.matcher(FENCED.matcher(read(document)).replaceAll(""))
                .results()
                .map(span -> MEMBER.matcher(span.group(1)))
                .filter(Matcher::matches)
                .filter(name -> Types.SOURCES.containsKey(name.group(1)))
                .filter(name -> !Pattern.compile("\\b" + name.group(2) + "\\b")
                        .matcher(Types.SOURCES.get(name.group(1)))
                        .find())
                .map(Matcher::group)
                .toList();

        assertThat(missing)
                .as("members that %s names and that their classes do not have", document)
                .isEmpty();
    }

    @Test
    void decision_1_lists_the_packages_that_each_module_exports() {
        String decision = read(ROOT.resolve("docs/adr/0001-modules.md"));

        for (Path descriptor : sources("module-info.java")) {
            var module = ROOT.relativize(descriptor).getName(0).toString();
            var row = decision.lines()
                    .filter(line -> line.startsWith("| `" + module + "` |"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no row of " + module))
                    .split("\\|", -1);
            var exported = EXPORTS.matcher(read(descriptor)).results().toList();

            assertThat(packages(row[2]))
                    .as("what %s exports to every module", module)
                    .isEqualTo(exported.stream()
                            .filter(found -> found.group(2) == null)
                            .map(found -> found.group(1))
                            .collect(Collectors.toSet()));
            assertThat(packages(row[3]))
                    .as("what %s exports to named modules", module)
                    .isEqualTo(exported.stream()
                            .filter(found -> found.group(2) != null)
                            .map(found -> found.group(1))
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void decisions_are_numbered_without_a_gap() throws IOException {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs/adr"))) {
            List<String> numbers = pages.map(page -> page.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .map(name -> name.substring(0, 4))
                    .sorted()
                    .toList();

            assertThat(numbers)
                    .isNotEmpty()
                    .isEqualTo(IntStream.rangeClosed(1, numbers.size())
                            .mapToObj("%04d"::formatted)
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void links_to_decisions_give_their_numbers(Path document) {
        assertThat(DECISION.matcher(read(document)).results())
                .allSatisfy(link -> assertThat(Integer.parseInt(link.group(2)))
                        .as(link.group())
                        .isEqualTo(Integer.parseInt(link.group(1))));
    }

    /** The full names in a cell; names without a dot are those of modules. */
    private static Set<String> packages(String cell) {
        return CODE.matcher(cell)
                .results()
                .map(span -> span.group(1))
                .filter(name -> name.contains("."))
                .collect(Collectors.toSet());
    }

    private static List<Path> sources(String name) {
        try (Stream<Path> modules = Files.list(ROOT)) {
            var found = new ArrayList<Path>();
            for (Path folder : modules.map(module -> module.resolve("src")).toList()) {
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> files = Files.walk(folder)) {
                        files.filter(file -> file.toString().endsWith(name)).forEach(found::add);
                    }
                }
            }
            return found;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Read once for all documents. */
    private static final class Types {

        /** The text of each file, by the name of its class. */
        private static final Map<String, String> SOURCES = sources(".java").stream()
                .collect(Collectors.toMap(
                        source -> source.getFileName().toString().replace(".java", ""),
                        DocumentedNamesTest::read,
                        String::concat));

        private static final Set<String> ALL = sources(".java").stream()
                .flatMap(source -> TYPE.matcher(read(source)).results())
                .map(type -> type.group(1))
                .collect(Collectors.toSet());
    }
}
