package dev.octosts.sandbox.demo;

import dev.octosts.sandbox.client.HttpAnswer;
import dev.octosts.sandbox.client.HttpCall;
import dev.octosts.sandbox.github.InstallationToken;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Tries actions that should be possible and actions that should not, shows the results, and compares them with the
 * expected ones.
 */
final class Trials {
    private final DemoEnvironment stage;
    private final Screen screen;
    private final Expectations expectations;

    Trials(DemoEnvironment stage, Screen screen, Expectations expectations) {
        this.stage = stage;
        this.screen = screen;
        this.expectations = expectations;
    }

    /** Exchanges a token; the answer holds no token when that was refused. */
    HttpAnswer exchanged(URI exchange, String workload) {
        var answer = stage.call(HttpCall.get(exchange, workload));
        expectations.expect("exchange at " + exchange, 200, answer.status());
        expectations.expectStart("the token of that exchange", "ghs_", TokenText.shortened(token(answer)));
        return answer;
    }

    static String token(HttpAnswer exchanged) {
        return exchanged.json().getString("token", "");
    }

    /** Makes an exchange that is refused with a message that begins like this. */
    void refused(String what, URI exchange, String workload, int status, String message) {
        var answer = stage.call(HttpCall.get(exchange, workload));
        boolean asExpected = expectations.expect(what, status, answer.status())
                && expectations.expectStart(what, message, answer.message());
        show(asExpected, false, what + ": " + answer.status() + " " + answer.message());
    }

    /**
     * Shows the permissions and repositories that the token covers: permissions from GitHub's records, repositories
     * from a call with the token.
     */
    void covers(String token, String permissions, List<String> repositories) {
        var granted =
                stage.sandbox().github().token(token).map(Trials::permissions).orElse("none");
        expectations.expect("the granted permissions", permissions, granted);
        screen.field("permissions", granted);
        var names = names(stage.call(HttpCall.get(stage.github("/installation/repositories"), token)));
        expectations.expect("the repositories of the token", repositories, names);
        screen.field("repositories", String.join(", ", names));
    }

    private static List<String> names(HttpAnswer answer) {
        var repositories = answer.json().getJsonArray("repositories");
        return repositories == null
                ? List.of()
                : repositories.getValuesAs(JsonObject.class).stream()
                        .map(repository -> repository.getString("name"))
                        .sorted()
                        .toList();
    }

    private static String permissions(InstallationToken token) {
        var levels = new TreeMap<String, String>();
        token.permissions()
                .levels()
                .forEach((name, level) -> levels.put(name, level.name().toLowerCase(Locale.ROOT)));
        return String.join(
                ", ",
                levels.entrySet().stream()
                        .map(one -> one.getKey() + ": " + one.getValue())
                        .toList());
    }

    /** A call that GitHub answers with success. */
    void may(String what, int status, HttpCall call) {
        use(true, what, status, call);
    }

    /** A call that GitHub refuses. */
    void mayNot(String what, int status, HttpCall call) {
        use(false, what, status, call);
    }

    private void use(boolean allowed, String what, int status, HttpCall call) {
        var answer = stage.call(call);
        boolean asExpected = expectations.expect(what + " (" + call + ")", status, answer.status());
        var text = what + ": " + call.method() + " " + call.address().getPath();
        show(asExpected, allowed, text + " -> " + (answer.status() + " " + answer.message()).strip());
    }

    private void show(boolean asExpected, boolean allowed, String text) {
        if (!asExpected) {
            screen.wrong(text);
        } else if (allowed) {
            screen.granted(text);
        } else {
            screen.refused(text);
        }
    }
}
