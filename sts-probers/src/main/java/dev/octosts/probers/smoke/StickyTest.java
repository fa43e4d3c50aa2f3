package dev.octosts.probers.smoke;

import dev.octosts.probers.ExchangeAnswer.Token;
import dev.octosts.probers.GitHubClient;
import dev.octosts.probers.GitHubClient.GitHubAnswer;
import dev.octosts.probers.GitHubClient.GitHubAnswer.Answered;
import dev.octosts.probers.smoke.SmokeSuite.Test;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tests that all tokens come from the same App. Only the App that made a check run can change it, so each token that
 * changes it comes from that App.
 */
final class StickyTest {

    private static final String NAME = "octo-sts-sticky-routing-test";
    private static final String BRANCH = "/branches/main";

    private final SmokeTests tests;
    private final Test test;
    private final int exchanges;
    private final String repository;
    private final List<String> faults = new ArrayList<>();
    private Optional<String> checkRun = Optional.empty();

    StickyTest(SmokeTests tests, Test test, int exchanges) {
        this.tests = tests;
        this.test = test;
        this.exchanges = exchanges;
        int slash = test.scope().indexOf('/');
        this.repository = slash < 0
                ? ""
                : GitHubClient.path(
                        "repos", test.scope().substring(0, slash), test.scope().substring(slash + 1));
    }

    List<String> run() throws InterruptedException {
        if (repository.isEmpty()) {
            return List.of("sticky_repeat wants a scope of the form owner/repository");
        }
        for (int number = 1; number <= exchanges && faults.isEmpty(); number++) {
            exchange(number);
        }
        return faults;
    }

    private void exchange(int number) throws InterruptedException {
        var exchange = tests.exchange(test);
        if (!(exchange instanceof SmokeTests.SmokeExchange.Granted(var token))) {
            faults.add("exchange " + number + " of " + exchanges + " failed: " + exchange);
            return;
        }
        try {
            if (number == 1) {
                create(token);
            } else {
                update(token, number);
            }
        } finally {
            tests.giveBack(token, faults);
        }
    }

    private void create(Token token) throws InterruptedException {
        var head = tests.gitHub().get(token, repository + BRANCH);
        var sha = json(head).flatMap(StickyTest::sha);
        if (sha.isEmpty()) {
            faults.add("the head of main cannot be read: GitHub answered " + head);
            return;
        }
        var body = Json.createObjectBuilder()
                .add("name", NAME)
                .add("head_sha", sha.get())
                .addAll(outcome(1))
                .build();
        var created = tests.gitHub().post(token, repository + "/check-runs", body);
        checkRun = json(created)
                .map(json -> json.get("id"))
                .filter(JsonNumber.class::isInstance)
                .map(Object::toString);
        if (checkRun.isEmpty()) {
            faults.add("the check run was not created: GitHub answered " + created);
        }
    }

    private void update(Token token, int number) throws InterruptedException {
        var address = repository + "/check-runs/" + checkRun.orElse("");
        var answer = tests.gitHub().patch(token, address, outcome(number).build());
        if (!SmokeTests.isSuccess(answer)) {
            faults.add("token " + number + " of " + exchanges
                    + " may not update the check run of the first, so another App gave it: GitHub answered " + answer);
        }
    }

    /** The conclusion is neutral from the beginning, so that it stays neutral whatever happens. */
    private JsonObjectBuilder outcome(int number) {
        var output = Json.createObjectBuilder()
                .add("title", "Sticky routing")
                .add("summary", "Exchange " + number + " of " + exchanges + ".");
        return Json.createObjectBuilder()
                .add("status", "completed")
                .add("conclusion", "neutral")
                .add("output", output);
    }

    private static Optional<JsonObject> json(GitHubAnswer answer) {
        return answer instanceof Answered answered && answered.isSuccess() ? answered.json() : Optional.empty();
    }

    private static Optional<String> sha(JsonObject branch) {
        return branch.get("commit") instanceof JsonObject commit && commit.get("sha") instanceof JsonString sha
                ? Optional.of(sha.getString())
                : Optional.empty();
    }
}
