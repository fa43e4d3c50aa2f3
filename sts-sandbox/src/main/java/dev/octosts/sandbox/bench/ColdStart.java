package dev.octosts.sandbox.bench;

import dev.octosts.sandbox.client.HttpConnection;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Faults;
import dev.octosts.sandbox.github.SandboxGitHub;
import dev.octosts.sandbox.process.SandboxException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * One exchange that finds little in the caches, with GitHub some way off.
 *
 * @param calls the calls to GitHub before the answer, without revocations, because no caller waits for them
 * @param rounds how many calls followed one another; parallel calls count once
 * @param elapsed until the caller had the answer
 * @param beyond the part of that time that GitHub's distance does not explain
 */
record ColdStart(String what, List<CallKind> calls, int rounds, Duration elapsed, Duration beyond) {

    /** Makes one exchange with a GitHub that takes this long for every answer. */
    static ColdStart exchange(String what, byte[] request, URI service, SandboxGitHub github, Duration delay) {
        var away = github.fault(Calls.any(), Faults.delay(delay));
        github.calls().clear();
        try (var connection = HttpConnection.open(service, null)) {
            long begun = System.nanoTime();
            var answer = connection.send(request);
            var elapsed = Duration.ofNanos(System.nanoTime() - begun);
            if (answer.status() != 200) {
                throw new SandboxException(what + ": the service answered " + answer.status() + " " + answer.message());
            }
            var calls = github.calls().matching(call -> call.kind() != CallKind.REVOKE);
            int rounds = rounds(calls.stream().map(Call::at).toList(), delay);
            var kinds = calls.stream().map(Call::kind).toList();
            return new ColdStart(what, kinds, rounds, elapsed, elapsed.minus(delay.multipliedBy(rounds)));
        } catch (IOException noAnswer) {
            throw new SandboxException(what + ": no answer (" + noAnswer.getMessage() + ")", noAnswer);
        } finally {
            away.times(0);
        }
    }

    /** Counts rounds. Calls that arrive within one answer's time after the first call of their round are parallel. */
    static int rounds(List<Instant> arrivals, Duration delay) {
        int rounds = 0;
        var end = Instant.MIN;
        for (var arrival : arrivals.stream().sorted().toList()) {
            if (!arrival.isBefore(end)) {
                rounds++;
                end = arrival.plus(delay);
            }
        }
        return rounds;
    }
}
