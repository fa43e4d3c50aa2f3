package dev.octosts.sandbox.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the machine's own binaries, in a folder of its own; root starts it as another user, which it wants.
 */
public final class LocalPostgres implements AutoCloseable {

    /** The user that owns its database. It has no password: the server listens on loopback alone. */
    public static final String USER = "octo";

    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 30;

    private final Path binaries;
    private final Path home;
    private final Path data;
    private final int port;
    private final List<String> options;
    private Process process;

    private LocalPostgres(Path binaries, Path home, Path data, List<String> initOptions, List<String> options)
            throws IOException, InterruptedException {
        this.binaries = binaries;
        this.home = home;
        this.data = data;
        this.options = options;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        var log = home.resolve("initdb.log");
        var arguments =
                new ArrayList<>(List.of("-D", data.toString(), "-A", "trust", "-U", USER, "-E", "UTF8", "--no-sync"));
        arguments.addAll(initOptions);
        var made = asUser("initdb", arguments)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!made.waitFor(START_SECONDS, TimeUnit.SECONDS) || made.exitValue() != 0) {
            throw new IOException("initdb: " + Files.readString(log));
        }
        this.process = started();
    }

    /**
     * Starts one; empty when this machine has none that this user may start.
     *
     * @param options settings of the server, each {@code name=value}
     */
    public static Optional<LocalPostgres> start(String... options) throws IOException, InterruptedException {
        return startIn(Path.of("/tmp"), List.of(), List.of(options));
    }

    /**
     * Starts one in a folder, which every user may enter.
     *
     * @param initOptions further arguments of {@code initdb}
     * @param options settings of the server, each {@code name=value}
     */
    public static Optional<LocalPostgres> startIn(Path parent, List<String> initOptions, List<String> options)
            throws IOException, InterruptedException {
        var binaries = binaries();
        if (binaries.isEmpty() || (isRoot() && !Files.isExecutable(Path.of("/usr/sbin/runuser")))) {
            return Optional.empty();
        }
        var home = Files.createTempDirectory(parent, "octo-sts-postgres-");
        var data = Files.createDirectory(home.resolve("data"));
        if (isRoot()) {
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
            var owner = home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user());
            Files.setOwner(home, owner);
            Files.setOwner(data, owner);
        }
        return Optional.of(new LocalPostgres(binaries.get(), home, data, initOptions, options));
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static String user() {
        try {
            var _ = Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres");
            return "postgres";
        } catch (IOException unknown) {
            return "nobody";
        }
    }

    private static Optional<Path> binaries() {
        try (Stream<Path> versions = Files.isDirectory(Path.of("/usr/lib/postgresql"))
                ? Files.list(Path.of("/usr/lib/postgresql"))
                : Stream.empty()) {
            return Stream.concat(
                            versions.sorted(Comparator.reverseOrder()).map(version -> version.resolve("bin")),
                            Stream.of(Path.of("/usr/local/bin"), Path.of("/usr/bin")))
                    .filter(bin ->
                            Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("postgres")))
                    .findFirst();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private ProcessBuilder asUser(String program, List<String> arguments) {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(List.of("/usr/sbin/runuser", "-u", user(), "--"));
        }
        command.add(binaries.resolve(program).toString());
        command.addAll(arguments);
        return new ProcessBuilder(command).directory(home.toFile());
    }

    private Process started() throws IOException {
        var arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        Stream.concat(Stream.of("listen_addresses=127.0.0.1", "unix_socket_directories=" + data), options.stream())
                .forEach(option -> arguments.addAll(List.of("-c", option)));
        return asUser("postgres", arguments)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("server.log").toFile()))
                .start();
    }

    /** The port that it listens on, on loopback. */
    public int port() {
        return port;
    }

    /** Its database, as JDBC names it. */
    public String url() {
        return url(port);
    }

    private static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** What the service's environment says about it. */
    public Map<String, String> variables() {
        return variablesThrough(port);
    }

    /** The same for a service that reaches it through another port of this machine. */
    public static Map<String, String> variablesThrough(int port) {
        return Map.of("OCTOSTS_DB_URL", url(port), "OCTOSTS_DB_USER", USER);
    }

    /**
     * The rows of a query, each with its columns separated by {@code |}.
     *
     * @throws IOException with PostgreSQL's own words, when it has no answer
     */
    public List<String> query(String sql) throws IOException, InterruptedException {
        var psql = new ProcessBuilder(
                        binaries.resolve("psql").toString(),
                        "-X",
                        "-A",
                        "-t",
                        "-q",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-U",
                        USER,
                        "-d",
                        "postgres",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-c",
                        sql)
                .redirectErrorStream(true);
        psql.environment().put("PGCONNECT_TIMEOUT", "5");
        var running = psql.start();
        List<String> lines;
        try (var output = running.inputReader()) {
            lines = output.lines().filter(line -> !line.isEmpty()).toList();
        }
        if (running.waitFor() != 0) {
            throw new IOException("psql: " + String.join(" ", lines));
        }
        return lines;
    }

    /** Whether it runs; a server whose disk is full may end by itself. */
    public boolean isRunning() {
        return process.isAlive();
    }

    /** Stops it; {@link #resume} starts it again with what is in it. */
    public void stop() throws InterruptedException {
        // The children and not runuser, which would leave them behind when it is killed.
        everyProcess().forEach(ProcessHandle::destroy);
        awaitEnd();
    }

    /** Kills it and all its processes in the midst of what they do, as a machine without memory would. */
    public void kill() throws InterruptedException {
        everyProcess().forEach(ProcessHandle::destroyForcibly);
        awaitEnd();
    }

    private Stream<ProcessHandle> everyProcess() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()));
    }

    private void awaitEnd() throws InterruptedException {
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            everyProcess().forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Starts it again. */
    public void resume() throws IOException {
        process = started();
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (InterruptedException hurried) {
            everyProcess().forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
