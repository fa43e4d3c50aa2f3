package dev.octosts.probers.smoke;

import dev.octosts.probers.ExchangeAnswer;
import dev.octosts.probers.ExchangeAnswer.Token;
import dev.octosts.probers.GitHubClient;
import dev.octosts.probers.GitHubClient.GitHubAnswer;
import dev.octosts.probers.GitHubClient.GitHubAnswer.Answered;
import dev.octosts.probers.IdentityTokenSource;
import dev.octosts.probers.IdentityTokenSource.Result;
import dev.octosts.probers.PrintableText;
import dev.octosts.probers.StsClient;
import dev.octosts.probers.TokenRevoker;
import dev.octosts.probers.TokenRevoker.RevocationResult;
import dev.octosts.probers.smoke.SmokeSuite.Expectation;
import dev.octosts.probers.smoke.SmokeSuite.Read;
import dev.octosts.probers.smoke.SmokeSuite.Test;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs smoke tests, one after the other. A failure does not stop the rest, and every token is given back. */
public final class SmokeTests {

    private final Services services;
    private final String audience;
    private Optional<String> refusedRequest = Optional.empty();

    /**
     * The services that the tests call.
     *
     * @param tokens gives an identity token for each exchange
     */
    public record Services(IdentityTokenSource tokens, StsClient sts, GitHubClient gitHub, TokenRevoker revoker) {}

    /** @param audience the audience of identity tokens */
    public SmokeTests(Services services, String audience) {
        this.services = services;
        this.audience = audience;
    }

    /**
     * Runs all tests.
     *
     * @param listener receives each result as soon as there is one
     * @throws InterruptedException when the thread was interrupted; all tokens were given back
     */
    public Report run(SmokeSuite suite, Consumer<Report.Result> listener) throws InterruptedException {
        var results = new ArrayList<Report.Result>();
        for (Test test : suite.tests()) {
            long begun = System.nanoTime();
            refusedRequest = Optional.empty();
            var faults = run(test).stream().map(PrintableText::withoutTokens).toList();
            var request =
                    faults.isEmpty() ? Optional.<String>empty() : refusedRequest.map(PrintableText::withoutTokens);
            var took = Duration.ofNanos(System.nanoTime() - begun);
            var result = new Report.Result(test.name(), took, faults, request);
            listener.accept(result);
            results.add(result);
        }
        return new Report(suite.domain(), results);
    }

    private List<String> run(Test test) throws InterruptedException {
        return switch (test.expectation()) {
            case Expectation.Granted(var reads) -> granted(test, reads);
            case Expectation.Refused(var error) -> refused(test, error.orElse(""));
            case Expectation.Sticky(var exchanges) -> new StickyTest(this, test, exchanges).run();
        };
    }

    private List<String> granted(Test test, List<Read> reads) throws InterruptedException {
        var exchange = exchange(test);
        if (!(exchange instanceof SmokeExchange.Granted(var token))) {
            return List.of("exchange failed: " + exchange);
        }
        var faults = new ArrayList<String>();
        try {
            for (Read read : reads) {
                var answer = services.gitHub().get(token, path(read));
                if (!isSuccess(answer)) {
                    faults.add(read.name() + " of " + read.org() + "/" + read.repo() + ": GitHub answered " + answer);
                }
            }
        } finally {
            giveBack(token, faults);
        }
        return faults;
    }

    private List<String> refused(Test test, String error) throws InterruptedException {
        return switch (exchange(test)) {
            case SmokeExchange.Granted(var token) -> {
                var faults = new ArrayList<>(List.of("expected the exchange to fail, but it gave a token"));
                giveBack(token, faults);
                yield faults;
            }
            case SmokeExchange.NoToken(var reason) -> List.of("there is no identity token to be refused: " + reason);
            case SmokeExchange.Failed(var text) ->
                text.contains(error) ? List.of() : List.of("expected an error with '" + error + "', got: " + text);
        };
    }

    /** The result of an exchange with a new identity token. */
    sealed interface SmokeExchange {

        record Granted(Token token) implements SmokeExchange {}

        record Failed(String error) implements SmokeExchange {
            @Override
            public String toString() {
                return error;
            }
        }

        record NoToken(String reason) implements SmokeExchange {
            @Override
            public String toString() {
                return "no identity token: " + reason;
            }
        }
    }

    SmokeExchange exchange(Test test) throws InterruptedException {
        return switch (services.tokens().obtain(audience)) {
            case Result.Missing(var reason) -> new SmokeExchange.NoToken(reason);
            case Result.Obtained(var identity) ->
                switch (services.sts().exchange(identity, test.scope(), test.identity())) {
                    case Token token -> new SmokeExchange.Granted(token);
                    case ExchangeAnswer.Refused refused -> {
                        refusedRequest = refused.requestId();
                        yield new SmokeExchange.Failed(refused.asGrpcError() + refused.requestNote());
                    }
                    case ExchangeAnswer.Unreachable(var reason) ->
                        new SmokeExchange.Failed("rpc error: code = Unavailable desc = " + reason);
                };
        };
    }

    GitHubClient gitHub() {
        return services.gitHub();
    }

    /** Gives a token back, also after an interrupt. */
    void giveBack(Token token, List<String> faults) throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        if (services.revoker().revoke(token) instanceof RevocationResult.Failed(var reason)) {
            faults.add("the token was not given back: " + reason);
        }
        if (interrupted) {
            throw new InterruptedException();
        }
    }

    static boolean isSuccess(GitHubAnswer answer) {
        return answer instanceof Answered answered && answered.isSuccess();
    }

    private static String path(Read read) {
        var repository = GitHubClient.path("repos", read.org(), read.repo());
        return switch (read) {
            case Read.Contents contents ->
                repository + "/contents"
                        + GitHubClient.path(
                                contents.path().replaceFirst("^/+", "").split("/"));
            case Read.Issues _ -> repository + "/issues?per_page=1";
            case Read.PullRequests _ -> repository + "/pulls?per_page=1";
        };
    }

    /** The results of smoke tests, in the order of the file. */
    public record Report(String domain, List<Result> results) {

        public Report {
            results = List.copyOf(results);
        }

        /**
         * The result of one test.
         *
         * @param faults the faults, without any token; empty when it passed
         * @param requestId the id of the refused request in the service's log; empty when there is none
         */
        public record Result(String name, Duration took, List<String> faults, Optional<String> requestId) {

            public Result {
                faults = List.copyOf(faults);
            }

            public boolean isPassed() {
                return faults.isEmpty();
            }
        }

        public boolean isPassed() {
            return results.stream().allMatch(Result::isPassed);
        }
    }
}
