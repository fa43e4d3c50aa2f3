package dev.octosts.probers;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A source of identity tokens that a command prints, such as {@code gcloud auth print-identity-token}. */
final class CommandSource implements IdentityTokenSource {

    /** The variable that names the audience of the token; a command that cannot choose one may ignore it. */
    private static final String AUDIENCE = "OCTOSTS_AUDIENCE";

    private final List<String> command;
    private final String place;
    private final RetryBudget retries;

    /** @param command the program and its arguments */
    CommandSource(List<String> command, RetryBudget retries) {
        if (command.isEmpty()) {
            throw new IllegalArgumentException("there is no command");
        }
        this.command = List.copyOf(command);
        this.place = "the token command " + PrintableText.line(command.getFirst());
        this.retries = retries;
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

    /** Ends the command before its children: a shell whose child is killed first would go on with its next line. */
    private static void end(Process process) {
        var children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private Result read(Process process) throws InterruptedException {
        var answer = new FutureTask<>(() -> answer(process));
        Thread.ofVirtual().start(answer);
        try {
            return answer.get(retries.oneTry().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return new Result.Missing(
                    place + " did not end within " + retries.oneTry().toSeconds() + " s");
        } catch (ExecutionException _) {
            return new Result.Missing("the output of " + place + " cannot be read");
        }
    }

    /** An output that is too long is not read to its end, so the command need not end either. */
    private Result answer(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        var output = TokenText.read(process.getInputStream());
        int status = output.length() > TokenText.LIMIT ? 0 : process.waitFor();
        return status == 0
                ? TokenText.token("the output of " + place, output)
                : new Result.Missing(place + " failed with status " + status);
    }
}
