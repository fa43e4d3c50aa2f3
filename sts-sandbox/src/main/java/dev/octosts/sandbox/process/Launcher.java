package dev.octosts.sandbox.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The script that starts the service. It also started this process, and passed its own path to it. */
public final class Launcher {
    private static final String PROPERTY = "octo-sts.launcher";

    /** Anything else of our environment could configure the service, or send its calls through a proxy. */
    private static final Set<String> INHERITED =
            Set.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR", "TERM", "OCTOSTS_JAVA_OPTS");

    /**
     * Becomes the launcher, and leaves a watcher at the other end of our pipe. The pipe ends when we end, even when we
     * are killed and none of our hooks runs; then the watcher stops the service.
     */
    private static final String WATCHED = """
            exec 3<&0
            (cat <&3 >/dev/null; kill $$) >/dev/null 2>&1 &
            exec 3<&-
            exec "$1" serve </dev/null
            """;

    private final Path script;
    private final Map<String, String> settings;

    private Launcher(Path script, Map<String, String> settings) {
        this.script = script;
        this.settings = Map.copyOf(settings);
    }

    /**
     * The launcher that started this process.
     *
     * @throws SandboxException when this process was not started by the launcher, or the launcher is gone
     */
    public static Launcher ofThisProcess() {
        return of(System.getProperty(PROPERTY));
    }

    static Launcher of(@Nullable String path) {
        if (path == null || path.isEmpty()) {
            throw new SandboxException(
                    "the system property " + PROPERTY + " does not say where the launcher is; use ./octo-sts");
        }
        var script = Path.of(path);
        if (!Files.isExecutable(script)) {
            throw new SandboxException("the launcher " + script + " is not there or cannot be executed");
        }
        return new Launcher(script, Map.of());
    }

    /** This launcher, with variables for all that it starts; they take the place of others of the same name. */
    public Launcher with(Map<String, String> more) {
        return new Launcher(script, more);
    }

    /** Starts the service with these variables. All its output goes to the file. */
    Process serve(Map<String, String> variables, Path log) {
        var builder = new ProcessBuilder(List.of("/bin/sh", "-c", WATCHED, "octo-sts-sandbox", script.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .directory(new File(System.getProperty("java.io.tmpdir")));
        return started(builder, variables);
    }

    /**
     * Runs another command of the program with these variables, and waits for its end. All its output goes to the file.
     *
     * @return its status
     */
    public int run(Map<String, String> variables, Path log, String... arguments) throws InterruptedException {
        var command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        return started(builder, variables).waitFor();
    }

    private Process started(ProcessBuilder builder, Map<String, String> variables) {
        var environment = builder.environment();
        environment.keySet().retainAll(INHERITED);
        // The same JVM that this process runs on, whatever the default is.
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.putAll(variables);
        environment.putAll(settings);
        try {
            return builder.start();
        } catch (IOException notStarted) {
            throw new SandboxException("cannot start " + script + ": " + notStarted.getMessage(), notStarted);
        }
    }
}
