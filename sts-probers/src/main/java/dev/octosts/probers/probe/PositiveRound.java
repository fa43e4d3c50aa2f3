package dev.octosts.probers.probe;

import dev.octosts.api.ProblemCode;
import dev.octosts.probers.ExchangeAnswer;
import dev.octosts.probers.ExchangeAnswer.Token;
import dev.octosts.probers.GitHubClient;
import dev.octosts.probers.GitHubClient.GitHubAnswer;
import dev.octosts.probers.GitHubClient.GitHubAnswer.Answered;
import dev.octosts.probers.GitHubClient.GitHubAnswer.NoAnswer;
import dev.octosts.probers.IdentityToken;
import dev.octosts.probers.TokenRevoker.RevocationResult;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;

/** The checks of a customer who uses his token, tries calls that it must not permit, and gives it back. */
final class PositiveRound {

    private static final Duration LONGEST_LIFE = Duration.ofHours(1);
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final String UNKNOWN = "does-not-exist";
    private static final String LIST = "/installation/repositories?per_page=2";

    private final Run run;
    private final ProbeTarget target;

    PositiveRound(Run run) {
        this.run = run;
        this.target = run.target();
    }

    void make() throws InterruptedException {
        var identity = run.identityToken();
        if (identity.isPresent()) {
            var gained = exchange(identity.get());
            if (gained.isPresent()) {
                use(gained.get());
                giveBack(gained.get());
            }
            run.check(
                    ProbeCheck.UNKNOWN_IDENTITY,
                    () -> run.refusal(
                            ProblemCode.NOT_FOUND.grpcName(),
                            () -> run.sts().exchange(identity.get(), target.scope(), UNKNOWN)));
            run.checkSpeed();
        }
    }

    private Optional<Token> exchange(IdentityToken identity) throws InterruptedException {
        var gained = new ArrayList<Token>();
        run.check(ProbeCheck.EXCHANGE, () -> switch (run.sts().exchange(identity, target.scope(), target.identity())) {
            case Token token -> {
                run.held().hold(token);
                gained.add(token);
                yield new CheckOutcome.Passed();
            }
            case ExchangeAnswer.Refused refused -> CheckOutcome.Failed.refused("refused", refused);
            case ExchangeAnswer.Unreachable(var reason) -> new CheckOutcome.Failed("no answer: " + reason);
        });
        if (gained.isEmpty()) {
            run.missing("there is no GitHub token");
        }
        return gained.stream().findFirst();
    }

    private void use(Token token) throws InterruptedException {
        run.check(ProbeCheck.EXPIRY, () -> expiry(token));
        run.check(ProbeCheck.CONTENTS_READ, () -> contents(token));
        run.check(
                ProbeCheck.ISSUES_READ,
                () -> success(run.gitHub().get(token, target.repositoryPath() + "/issues?per_page=1")));
        run.check(ProbeCheck.ISSUE_REFUSED, () -> issue(token));
        run.check(ProbeCheck.OTHER_REPOSITORY, () -> otherRepository(token));
    }

    private CheckOutcome expiry(Token token) {
        if (token.expiry().isEmpty()) {
            return new CheckOutcome.Skipped("the service does not say when");
        }
        var life = Duration.between(run.clock().instant(), token.expiry().get());
        if (life.compareTo(LONGEST_LIFE.plus(CLOCKS_DIFFER)) > 0) {
            return new CheckOutcome.Failed("it lives for another " + life.toMinutes() + " minutes");
        }
        return life.plus(CLOCKS_DIFFER).isPositive()
                ? new CheckOutcome.Passed()
                : new CheckOutcome.Failed("it ended " + life.negated().toMinutes() + " minutes ago");
    }

    private CheckOutcome contents(Token token) throws InterruptedException {
        var file = GitHubClient.path(".github", "chainguard", target.identity() + ".sts.yaml")
                .replace("%2F", "/");
        var answer = run.gitHub().get(token, target.repositoryPath() + "/contents" + file);
        if (answer instanceof Answered answered && answered.isSuccess()) {
            return answered.json()
                            .flatMap(json -> text(json, "type"))
                            .filter("file"::equals)
                            .isPresent()
                    ? new CheckOutcome.Passed()
                    : new CheckOutcome.Failed("GitHub answered, but not with the file");
        }
        return success(answer);
    }

    private CheckOutcome issue(Token token) throws InterruptedException {
        var issue = Json.createObjectBuilder()
                .add("title", "octo-sts probe: this issue must not be possible")
                .add("body", "A token without `issues: write` created it. Find out what the trust policy grants.")
                .build();
        var answer = run.gitHub().post(token, target.repositoryPath() + "/issues", issue);
        if (answer instanceof Answered answered && answered.isSuccess()) {
            close(token, answered);
        }
        return refusal(answer, "an issue was created");
    }

    /** An issue that should not have been created is at least closed. */
    private void close(Token token, Answered created) throws InterruptedException {
        var number = created.json().map(json -> json.get("number")).filter(JsonNumber.class::isInstance);
        if (number.isPresent() && run.callsLeft() > 2) {
            run.gitHub()
                    .patch(
                            token,
                            target.repositoryPath() + "/issues/" + number.get(),
                            Json.createObjectBuilder().add("state", "closed").build());
        }
    }

    private CheckOutcome otherRepository(Token token) throws InterruptedException {
        var other = target.others().repository();
        if (other.isPresent()) {
            return refusal(
                    run.gitHub()
                            .get(token, GitHubClient.path("repos", other.get()).replace("%2F", "/")),
                    "it opens " + other.get());
        }
        if (target.isOrganization()) {
            return new CheckOutcome.Skipped("a token of an organization may open many; say which one it must not open");
        }
        return switch (run.gitHub().get(token, LIST)) {
            case NoAnswer none -> new CheckOutcome.Failed(none.reason());
            case Answered answered ->
                answered.isSuccess()
                        ? answered.json()
                                .map(this::onlyOurs)
                                .orElseGet(() -> new CheckOutcome.Failed("GitHub gave no list"))
                        : new CheckOutcome.Failed("GitHub answered " + answered);
        };
    }

    private CheckOutcome onlyOurs(JsonObject list) {
        int count = list.getInt("total_count", -1);
        if (count != 1) {
            return new CheckOutcome.Breached("it is good for " + count + " repositories");
        }
        var name = Optional.ofNullable(list.getJsonArray("repositories"))
                .filter(all -> !all.isEmpty())
                .flatMap(all -> text(all.getJsonObject(0), "full_name"))
                .orElse("");
        return name.equalsIgnoreCase(target.scope())
                ? new CheckOutcome.Passed()
                : new CheckOutcome.Breached("it is good for '" + name + "' instead");
    }

    private void giveBack(Token token) throws InterruptedException {
        var dead = new ArrayList<Token>();
        run.check(ProbeCheck.REVOCATION, () -> switch (run.held().revoke(token)) {
            case RevocationResult.Revoked _ -> {
                dead.add(token);
                yield new CheckOutcome.Passed();
            }
            case RevocationResult.AlreadyDead _ -> new CheckOutcome.Failed("GitHub did not know it any more");
            case RevocationResult.Failed(var reason) -> new CheckOutcome.Failed(reason);
        });
        if (dead.isEmpty()) {
            run.missing("the token was not given back");
            return;
        }
        run.check(ProbeCheck.DEAD, () -> switch (run.gitHub().get(token, LIST)) {
            case NoAnswer none -> new CheckOutcome.Failed(none.reason());
            case Answered answered when answered.isUnknownToken() -> new CheckOutcome.Passed();
            case Answered answered
            when answered.isSuccess() -> new CheckOutcome.Breached("it still works after GitHub took it back");
            case Answered answered -> new CheckOutcome.Failed("GitHub answered " + answered);
        });
    }

    private static CheckOutcome success(GitHubAnswer answer) {
        return answer instanceof Answered answered && answered.isSuccess()
                ? new CheckOutcome.Passed()
                : new CheckOutcome.Failed("GitHub answered " + answer);
    }

    private static CheckOutcome refusal(GitHubAnswer answer, String breach) {
        return switch (answer) {
            case NoAnswer none -> new CheckOutcome.Failed(none.reason());
            case Answered answered when answered.isSuccess() -> new CheckOutcome.Breached(breach);
            case Answered answered when answered.isRefusal() -> new CheckOutcome.Passed();
            case Answered answered -> new CheckOutcome.Failed("refused otherwise: GitHub answered " + answered);
        };
    }

    private static Optional<String> text(JsonObject json, String name) {
        return json.get(name) instanceof JsonString string ? Optional.of(string.getString()) : Optional.empty();
    }
}
