package dev.octosts.webhook;

import dev.octosts.api.AuditNote;
import dev.octosts.api.Delivery;
import dev.octosts.api.DeliveryBody;
import dev.octosts.api.DeliveryHandled;
import dev.octosts.api.DeliveryResult;
import dev.octosts.api.InstallationChanged;
import dev.octosts.api.PolicyEvent;
import dev.octosts.api.RepositoryChanged;
import dev.octosts.github.Route;
import dev.octosts.policy.guardrail.GuardrailsInForce;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.sandbox.github.ChangedFile;
import dev.octosts.sandbox.github.PullRequest;
import dev.octosts.webhook.review.ReviewPlanner;
import dev.octosts.webhook.review.Reviewer;
import dev.octosts.webhook.spi.CommitLock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The webhook, wired as the program wires it, before a GitHub with an organization of the test's own. */
final class WebhookFixture extends WebhookWorld {

    static final String SECRET = "s3cret";
    static final String NONE = "0".repeat(40);
    static final String BEFORE = "b".repeat(40);
    static final String HEAD = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    static final Duration SOON = Duration.ofMinutes(1);

    final List<RepositoryChanged> repositoriesChanged = new CopyOnWriteArrayList<>();
    final List<InstallationChanged> installationsChanged = new CopyOnWriteArrayList<>();
    final List<DeliveryHandled> handled = new CopyOnWriteArrayList<>();
    final List<PolicyEvent> audited = new CopyOnWriteArrayList<>();
    final List<AuditNote> notes = new CopyOnWriteArrayList<>();

    int guardrailsAsked;

    private GuardrailsInForce guardrails = new GuardrailsInForce.Known(List.of());
    private Duration patience = Duration.ofMinutes(5);
    private boolean everyHead;
    private boolean everybody;
    private WebhookReceiver receiver;
    BoundedExecutor executor;

    WebhookFixture() {
        sandbox().github().calls().clear();
        this.executor = new BoundedExecutor(8, 500);
        this.receiver = receiver();
    }

    /** A webhook that was started anew, and knows nothing. */
    WebhookFixture restarted() {
        executor = new BoundedExecutor(8, 500);
        receiver = receiver();
        return this;
    }

    WebhookFixture patience(Duration time) {
        patience = time;
        return restarted();
    }

    /** Deliveries of every owner are handled. */
    WebhookFixture everybody() {
        everybody = true;
        return restarted();
    }

    /** Every head gets a check run. */
    WebhookFixture everyHead() {
        everyHead = true;
        return restarted();
    }

    /** One job at a time, and so many that wait. */
    WebhookFixture narrow(int jobsWaiting) {
        executor = new BoundedExecutor(1, jobsWaiting);
        receiver = receiver();
        return this;
    }

    /** A receiver that knows nothing, as another replica has it. */
    WebhookReceiver receiver() {
        var paths = new PolicyPaths(".github");
        var reviewer = new Reviewer(
                client, paths, sandbox().clock(), this::guardrails, CommitLock.NONE, audited::add, notes::add);
        var settings = new WebhookSettings(
                new WebhookSecrets(List.of(new WebhookSecret("other"), new WebhookSecret(SECRET))),
                everybody ? Set.of() : Set.of(owner, "codertocat", "octocat", "octocoders"),
                ".github",
                everyHead,
                Optional.empty());
        return new WebhookReceiver(
                settings,
                new ReviewPlanner(paths, everyHead),
                reviewer,
                apps,
                executor,
                patience,
                new ChangeEvents(repositoriesChanged::add, installationsChanged::add, handled::add));
    }

    /** What holds for the organization, as the exchange would tell. */
    WebhookFixture under(GuardrailsInForce answer) {
        guardrails = answer;
        return this;
    }

    private GuardrailsInForce guardrails(Route route) {
        if (!route.owner().equals(owner.toLowerCase(Locale.ROOT))
                || route.installation().id() != installation.id()) {
            throw new AssertionError(route);
        }
        guardrailsAsked++;
        return guardrails;
    }

    /** A policy of this name at the head. */
    static String path(String name) {
        return ".github/chainguard/" + name + ".sts.yaml";
    }

    /** A policy without a fault and without a warning. */
    static String policy(String permission) {
        return """
                issuer: https://token.actions.githubusercontent.com
                subject_pattern: repo:octo-org(@[0-9]+)?/octo-repo(@[0-9]+)?:ref:refs/heads/main
                permissions:
                  %s
                """.formatted(permission);
    }

    /** Puts a policy at the head of the change. */
    WebhookFixture put(String name, String text) {
        repository.at(HEAD).put(path(name), text);
        return this;
    }

    DeliveryResult deliver(String event, String json) {
        return deliver(event, UUID.randomUUID().toString(), json, 0);
    }

    DeliveryResult deliver(String event, String id, String json, long appId) {
        return receiver.receive(delivery(event, id, signature(json), json, appId));
    }

    DeliveryResult deliver(Delivery delivery) {
        return receiver.receive(delivery);
    }

    static Delivery delivery(String event, String id, String signature, String json, long appId) {
        var body = new DeliveryBody(List.of(json.getBytes(StandardCharsets.UTF_8)));
        return new Delivery(event, id, signature, "application/json", appId, body);
    }

    static String signature(String json) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(json.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A push of one commit to a branch. */
    String push(String ref, String added, String modified, String removed) {
        return """
                {"ref": "%s", "before": "%s", "after": "%s",
                 "pusher": {"name": "Alice A"},
                 "commits": [{"added": [%s], "modified": [%s], "removed": [%s]}], %s}
                """.formatted(ref, BEFORE, HEAD, quoted(added), quoted(modified), quoted(removed), base("octo-repo"));
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "" : '"' + text + '"';
    }

    /** A pull request whose files GitHub lists. */
    WebhookFixture proposed(int number, ChangedFile... files) {
        repository.addPullRequest(number, PullRequest.of(HEAD, BEFORE, List.of(files)));
        return this;
    }

    String pullRequest(String action, int number) {
        return """
                {"action": "%s", "number": %d,
                 "pull_request": {"head": {"sha": "%s"}, "base": {"ref": "main", "sha": "%s"}}, %s}
                """.formatted(action, number, HEAD, BEFORE, base("octo-repo"));
    }

    String suite(String action, String pullRequests) {
        return """
                {"action": "%s", "check_suite": {"head_branch": "topic", "head_sha": "%s", "before": "%s",
                 "pull_requests": [%s]}, %s}
                """.formatted(action, HEAD, BEFORE, pullRequests, base("octo-repo"));
    }

    /** What every payload has. */
    String base(String repositoryName) {
        return """
                "repository": {"name": "%s", "default_branch": "main", "owner": {"login": "%s"}},
                "installation": {"id": %d}, "sender": {"login": "alice", "id": 42}
                """.formatted(repositoryName, owner, installation.id());
    }

    /** Waits until no token of this organization is left. */
    void awaitRevocations() {
        sandbox()
                .github()
                .calls()
                .awaitUntil(
                        () -> sandbox().github().liveTokens(Set.of()).stream()
                                .noneMatch(token ->
                                        token.installation().account().login().equals(owner)),
                        SOON);
    }

    /** The changes that were recorded. */
    List<PolicyEvent.PolicyChange> changes() {
        return audited.stream().flatMap(event -> event.change().stream()).toList();
    }

    /** The record of what happened to a policy. */
    PolicyEvent recorded(String identity) {
        return audited.stream()
                .filter(event -> event.change()
                        .filter(change -> change.identity().equals(identity))
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** A payload that GitHub may have cut: it has as many commits as there can be. */
    static String truncated(String push) {
        var commits = IntStream.range(0, 20)
                .mapToObj(i -> "{\"added\": [], \"modified\": [], \"removed\": []}")
                .collect(Collectors.joining(","));
        return push.replace("{\"added\": [], \"modified\": [], \"removed\": []}", commits);
    }
}
