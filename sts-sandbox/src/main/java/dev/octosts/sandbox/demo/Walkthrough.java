package dev.octosts.sandbox.demo;

import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.client.HttpCall;
import dev.octosts.sandbox.github.Call;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.process.Deployment;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Shows one exchange, from the workload's token to a revoked GitHub token, and the requests that are refused on the
 * way.
 */
final class Walkthrough {
    private static final String REPOSITORY = DemoWorld.OWNER + "/" + DemoWorld.REPOSITORY;
    private static final String DOCUMENTS = DemoWorld.OWNER + "/octo-docs";
    private static final String SECRETS = DemoWorld.OWNER + "/octo-secrets";

    /** The file's text is in Base64. */
    private static final String NEW_FILE = "{\"message\":\"Say hello\",\"content\":\"SGVsbG8K\"}";

    private static final String NEW_ISSUE = "{\"title\":\"It works\"}";

    private final DemoEnvironment stage;
    private final Screen screen;
    private final Trials trials;

    Walkthrough(DemoEnvironment stage, Screen screen, Expectations expectations) {
        this.stage = stage;
        this.screen = screen;
        this.trials = new Trials(stage, screen, expectations);
    }

    void perform() {
        var workload = stage.world().workflowToken(Deployment.DOMAIN).sign();
        workloadToken(workload);
        policy();
        var token = exchange(workload);
        granted(token);
        use(token);
        refusals(workload);
        organization(workload);
        revoke(token);
    }

    private void workloadToken(String jwt) {
        screen.heading("1. A workflow of " + REPOSITORY + " runs; its platform gives it an identity token");
        TokenText.header(jwt).forEach(screen::field);
        screen.blank();
        TokenText.claims(jwt, Instant.now()).forEach(screen::field);
        screen.blank();
        screen.say("The third part, the signature, is not shown: with it, this would be a credential.");
    }

    private void policy() {
        screen.heading("2. " + REPOSITORY + " says whom it trusts: " + DemoWorld.policyFile(DemoWorld.CI));
        screen.file(stage.world().policy(DemoWorld.CI));
    }

    private String exchange(String workload) {
        screen.heading("3. The workflow exchanges its token for one of GitHub's");
        var address = stage.exchange(REPOSITORY, DemoWorld.CI);
        screen.command("curl -H \"Authorization: Bearer $TOKEN\" \\\n  '" + address + "'");
        screen.blank();
        stage.sandbox().github().calls().clear();
        long begun = System.nanoTime();
        var answer = trials.exchanged(address, workload);
        long millis = (System.nanoTime() - begun) / 1_000_000;
        var token = Trials.token(answer);
        screen.field("answer", answer.status() + ", after " + millis + " ms");
        screen.field("", TokenText.body(answer.text(), token));
        screen.field("GitHub was asked", calls());
        return token;
    }

    /** The calls without the revocation of the token that read the policy, because no caller waits for it. */
    private String calls() {
        return stage.sandbox().github().calls().all().stream()
                .filter(call -> call.kind() != CallKind.REVOKE)
                .map(Walkthrough::inWords)
                .collect(Collectors.joining(", "));
    }

    private static String inWords(Call call) {
        if (call.kind() == CallKind.MINT) {
            return call.readMint() ? "for a token to read the policy with" : "for the workflow's token";
        }
        if (call.kind() == CallKind.FIND_INSTALLATION) {
            return "where the App is installed";
        }
        return call.kind() == CallKind.CONTENT ? "for the policy" : call.method() + " " + call.path();
    }

    private void granted(String token) {
        screen.heading("4. What GitHub granted");
        trials.covers(token, "contents: read, issues: write, metadata: read", List.of(DemoWorld.REPOSITORY));
        stage.sandbox()
                .github()
                .token(token)
                .ifPresent(minted -> screen.field(
                        "until",
                        minted.expiresAt() + " (" + TokenText.distance(Instant.now(), minted.expiresAt()) + ")"));
    }

    private void use(String token) {
        screen.heading("5. What the token can do, and what GitHub refuses it");
        trials.may("read a file", 200, HttpCall.get(file(REPOSITORY, "README.md"), token));
        trials.may("open an issue", 201, issue(REPOSITORY, token));
        trials.mayNot("write a file", 403, new HttpCall("PUT", file(REPOSITORY, "hello.md"), token, NEW_FILE));
        trials.mayNot("read another repository", 404, HttpCall.get(file(SECRETS, "README.md"), token));
    }

    private void refusals(String workload) {
        screen.heading("6. A caller that does not satisfy the policy is refused, and the answer says why");
        var fork = stage.world()
                .workflowToken(Deployment.DOMAIN)
                .subject("repo:somebody/octo-repo:ref:refs/heads/main")
                .sign();
        var elsewhere = stage.world().workflowToken("sts.elsewhere.example").sign();
        refused("a fork of the repository, as ci", DemoWorld.CI, fork, 403, "trust policy: subject ");
        refused("a token for another service", DemoWorld.CI, elsewhere, 403, "trust policy: audience ");
        refused("this workflow, as release", DemoWorld.RELEASE, workload, 403, "trust policy: subject ");
        refused("an identity without a policy", "nobody", workload, 404, "unable to find trust policy");
    }

    private void refused(String what, String identity, String workload, int status, String message) {
        trials.refused(what, stage.exchange(REPOSITORY, identity), workload, status, message);
    }

    private void organization(String workload) {
        screen.heading("7. An organization grants too: " + DemoWorld.OWNER + "/" + DemoWorld.POLICY_REPOSITORY + ", "
                + DemoWorld.policyFile(DemoWorld.READER));
        screen.file(stage.world().policy(DemoWorld.READER));
        screen.blank();
        var address = stage.exchange(DemoWorld.OWNER, DemoWorld.READER);
        screen.field("request", address.toString());
        var token = Trials.token(trials.exchanged(address, workload));
        screen.field("token", TokenText.shortened(token));
        trials.covers(token, "contents: read, metadata: read", List.of("octo-docs", DemoWorld.REPOSITORY));
        trials.may("read documentation", 200, HttpCall.get(file(DOCUMENTS, "README.md"), token));
        trials.mayNot("open an issue", 403, issue(DOCUMENTS, token));
        trials.mayNot("read another repository", 404, HttpCall.get(file(SECRETS, "README.md"), token));
    }

    private void revoke(String token) {
        screen.heading("8. The workflow is done and gives its token back, before it expires by itself");
        trials.may("revoke the token", 204, new HttpCall("DELETE", stage.github("/installation/token"), token, ""));
        trials.mayNot("read a file", 401, HttpCall.get(file(REPOSITORY, "README.md"), token));
    }

    private HttpCall issue(String repository, String token) {
        return new HttpCall("POST", stage.github("/repos/" + repository + "/issues"), token, NEW_ISSUE);
    }

    private URI file(String repository, String path) {
        return stage.github("/repos/" + repository + "/contents/" + path);
    }
}
