package dev.octosts.probers;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A token that a command prints, such as {@code gcloud auth print-identity-token}. */
final class CommandSource implements IdentityTokenSource {

    /** Tells the command for whom the token is wanted; one that cannot choose need not look. */
    private static final String AUDIENCE = "OCTOSTS_AUDIENCE";

    private final List<String> command;
    private final String place;
    private final Patience patience;

    /** @param command the program and its arguments */
    CommandSource(List<String> command, Patience patience) {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("there is no command");
        }
        this.command = List.copyOf(command);
        this.place = "the token command " + Wording.line(command.getFirst());
        this.patience = patience;
    }

    @Override
    public Result obtain(String audience) throws InterruptedException {
        Process process;
        try {
            var builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
            builder.environment().put(AUDIENCE, audience);
            process = builder.start();
        } catch (IOException _) {
            return new Result.Missing(place + " cannot be started");
        }
        try {
            return read(process);
        } finally {
            end(process);
        }
    }

    /** The command first: a shell whose child is killed before it would go on with its next line. */
    private static void end(Process process) {
        var children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private Result read(Process process) throws InterruptedException {
        var answer = new FutureTask<>(() -> answer(process));
        Thread.ofVirtual().start(answer);
        try {
            return answer.get(patience.oneTry().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return new Result.Missing(
                    place + " did not end within " + patience.oneTry().toSeconds() + " s");
        } catch (ExecutionException _) {
            return new Result.Missing("the output of " + place + " cannot be read");
        }
    }

    /** What is too long is not read to its end, so its writer need not end either. */
    private Result answer(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        var output = Texts.read(process.getInputStream());
        int status = output.length() > Secrets.LIMIT ? 0 : process.waitFor();
        return status == 0
                ? Texts.token("the output of " + place, output)
                : new Result.Missing(place + " failed with status " + status);
    }
}
