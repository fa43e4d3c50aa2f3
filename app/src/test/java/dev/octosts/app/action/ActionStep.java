package dev.octosts.app.action;

import dev.octosts.app.Present;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs a file of the action as the runner does: inputs in variables, files for outputs, state and summary.
 *
 * @see <a href="https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands">GitHub: workflow
 *     commands</a>
 */
public final class ActionStep {

    static final Path ACTION = Path.of("..", "action").toAbsolutePath().normalize();

    private static final int PATIENCE_SECONDS = 120;

    private final Path folder;
    private final Map<String, String> variables = new HashMap<>();

    public ActionStep(Path folder) {
        this.folder = folder;
        // The defaults of action.yml, which the runner puts in.
        input("explain", "false").input("timeout", "60");
    }

    /**
     * The end of a step.
     *
     * @param status the exit status
     * @param printed standard output and error
     * @param outputs by name
     * @param state by name
     * @param summary Markdown
     */
    public record Result(
            int status, String printed, Map<String, String> outputs, Map<String, String> state, String summary) {

        public String output(String name) {
            return outputs.getOrDefault(name, "");
        }

        public List<String> masks() {
            return printed.lines()
                    .filter(line -> line.startsWith("::add-mask::"))
                    .map(line -> line.substring("::add-mask::".length()))
                    .toList();
        }
    }

    /** Skips the test where there is no Node.js, unless it is required. */
    public static void assumeNode() {
        Present.assume("node", node().isPresent(), "Node.js 20 or newer is not on the PATH");
    }

    private static Optional<Path> node() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(entry -> Path.of(entry, "node"))
                .filter(Files::isExecutable)
                .filter(ActionStep::isNewEnough)
                .findFirst();
    }

    private static boolean isNewEnough(Path node) {
        try {
            var process = new ProcessBuilder(node.toString(), "-p", "process.versions.node").start();
            String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return Integer.parseInt(version.substring(0, version.indexOf('.'))) >= 20;
        } catch (IOException | RuntimeException _) {
            return false;
        }
    }

    public ActionStep input(String name, String value) {
        return variable("INPUT_" + name.toUpperCase(Locale.ROOT), value);
    }

    public ActionStep variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    public ActionStep without(String name) {
        variables.remove(name);
        return this;
    }

    /** Runs {@code main.mjs} or {@code post.mjs}. */
    public Result run(String file) {
        try {
            Path output = Files.createTempFile(folder, "output", "");
            Path state = Files.createTempFile(folder, "state", "");
            Path summary = Files.createTempFile(folder, "summary", ".md");
            Path printed = Files.createTempFile(folder, "printed", ".log");
            var builder = new ProcessBuilder(
                    node().orElseThrow().toString(), ACTION.resolve(file).toString());
            builder.environment().keySet().removeIf(name -> name.matches("(GITHUB|ACTIONS|INPUT|STATE)_.*"));
            builder.environment().putAll(variables);
            builder.environment()
                    .putAll(Map.of(
                            "GITHUB_OUTPUT", output.toString(),
                            "GITHUB_STATE", state.toString(),
                            "GITHUB_STEP_SUMMARY", summary.toString()));
            var process = builder.redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the step did not end within " + Duration.ofSeconds(PATIENCE_SECONDS));
            }
            return new Result(
                    process.exitValue(),
                    Files.readString(printed),
                    values(output),
                    values(state),
                    Files.readString(summary));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** Reads {@code name<<end}, the value's lines, {@code end}, as the runner does. */
    private static Map<String, String> values(Path file) throws IOException {
        var values = new LinkedHashMap<String, String>();
        var lines = Files.readAllLines(file).iterator();
        while (lines.hasNext()) {
            String[] head = lines.next().split("<<", 2);
            var value = new StringBuilder();
            String line = lines.next();
            while (!line.equals(head[1])) {
                value.append(value.isEmpty() ? "" : "\n").append(line);
                line = lines.next();
            }
            if (values.put(head[0], value.toString()) != null) {
                throw new AssertionError("the output " + head[0] + " is given twice");
            }
        }
        return values;
    }
}
