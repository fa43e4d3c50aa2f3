package dev.octosts.app.database;

import dev.octosts.app.settings.DatabaseSettings;
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

/** A PostgreSQL of the machine's own binaries, in a folder of its own; root starts it as another user, which it wants. */
public final class PostgresServer implements AutoCloseable {

    private static final String USER = "octo";

    private final Path binaries;
    /** Everything of this server. */
    private final Path home;

    /** Its data. */
    private final Path folder;

    private final int port;
    private Process process;

    private PostgresServer(Path binaries, Path home, Path folder) throws IOException, InterruptedException {
        this.binaries = binaries;
        this.home = home;
        this.folder = folder;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        Path log = home.resolve("initdb.log");
        Process made = asUser("initdb", "-D", folder.toString(), "-A", "trust", "-U", USER, "--no-sync")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!made.waitFor(60, TimeUnit.SECONDS) || made.exitValue() != 0) {
            throw new IOException("initdb: " + Files.readString(log));
        }
        this.process = started();
    }

    /** Starts one; empty when this machine has none that this user may start. */
    public static Optional<PostgresServer> start() throws IOException, InterruptedException {
        Optional<Path> binaries = binaries();
        if (binaries.isEmpty() || (isRoot() && !Files.isExecutable(Path.of("/usr/sbin/runuser")))) {
            return Optional.empty();
        }
        Path folder = Files.createTempDirectory(Path.of("/tmp"), "octo-sts-postgres-");
        Path data = Files.createDirectory(folder.resolve("data"));
        if (isRoot()) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            var owner = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user());
            Files.setOwner(folder, owner);
            Files.setOwner(data, owner);
        }
        return Optional.of(new PostgresServer(binaries.get(), folder, data));
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static String user() {
        try {
            FileUser.lookUp("postgres");
            return "postgres";
        } catch (IOException unknown) {
            return "nobody";
        }
    }

    /** Whether a user is known. */
    private static final class FileUser {
        static void lookUp(String name) throws IOException {
            Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
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

    private ProcessBuilder asUser(String program, String... arguments) {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(List.of("/usr/sbin/runuser", "-u", user(), "--"));
        }
        command.add(binaries.resolve(program).toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(home.toFile());
    }

    private Process started() throws IOException {
        return asUser(
                        "postgres",
                        "-D",
                        folder.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "fsync=off",
                        "-c",
                        "unix_socket_directories=" + folder)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("server.log").toFile())
                .start();
    }

    /** The database as each replica gets it. */
    DatabaseSettings settings() {
        return new DatabaseSettings(url(), Optional.of(USER), Optional.empty());
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** The same for a program's environment. */
    public Map<String, String> variables() {
        return Map.of("OCTOSTS_DB_URL", url(), "OCTOSTS_DB_USER", USER);
    }

    /** Stops it; {@link #resume} starts it again with what is in it. */
    public void stop() throws InterruptedException {
        // The children and not runuser, which would leave them behind when it is killed.
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroy);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    public void resume() throws IOException {
        process = started();
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } catch (InterruptedException hurried) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
