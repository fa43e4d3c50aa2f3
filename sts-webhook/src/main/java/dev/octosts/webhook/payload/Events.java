package dev.octosts.webhook.payload;

import static dev.octosts.webhook.payload.PayloadReader.Shape.FLAG;
import static dev.octosts.webhook.payload.PayloadReader.Shape.NUMBER;
import static dev.octosts.webhook.payload.PayloadReader.Shape.TEXT;
import static dev.octosts.webhook.payload.PayloadReader.Shape.TIME;
import static dev.octosts.webhook.payload.PayloadReader.Shape.members;

import dev.octosts.api.PolicyEvent;
import dev.octosts.policy.repository.PolicyPaths;
import dev.octosts.webhook.payload.PayloadReader.Shape;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads payloads.
 *
 * @see <a href="https://docs.github.com/webhooks/webhook-events-and-payloads">GitHub: webhook events and payloads</a>
 */
public final class Events {

    /** A payload with so many commits or more may lack some, or some of their files. */
    private static final int MAYBE_TRUNCATED = 20;

    private static final int MOST_FILES = 1_000;
    private static final int MOST_PULL_REQUESTS = 50;

    private static final Set<String> KNOWN = Set.of(
            "push",
            "pull_request",
            "check_suite",
            "check_run",
            "merge_group",
            "installation",
            "installation_repositories",
            "installation_target",
            "repository");

    private static final Shape REPOSITORY = members(
            "id",
            NUMBER,
            "name",
            TEXT,
            "fork",
            FLAG,
            "default_branch",
            TEXT,
            "created_at",
            TIME,
            "owner",
            members("login", TEXT, "name", TEXT));
    private static final Shape INSTALLATION = members("id", NUMBER);
    private static final Shape SENDER = members("login", TEXT, "id", NUMBER);
    private static final Shape FILES = new Shape.Texts(MOST_FILES, PolicyPaths.FOLDER);
    private static final Shape COMMIT = members("sha", TEXT);
    private static final Shape SUITE = members(
            "head_branch",
            TEXT,
            "head_sha",
            TEXT,
            "before",
            TEXT,
            "pull_requests",
            new Shape.Elements(
                    MOST_PULL_REQUESTS,
                    members(
                            "number",
                            NUMBER,
                            "base",
                            members("sha", TEXT, "repo", members("id", NUMBER, "url", TEXT)))));

    private static final Shape.Members PUSH = members(
            "ref",
            TEXT,
            "before",
            TEXT,
            "after",
            TEXT,
            "forced",
            FLAG,
            "repository",
            REPOSITORY,
            "installation",
            INSTALLATION,
            "sender",
            SENDER,
            "pusher",
            members("name", TEXT),
            "commits",
            new Shape.Elements(MAYBE_TRUNCATED, members("added", FILES, "modified", FILES, "removed", FILES)));
    private static final Shape.Members PULL_REQUEST = members(
            "action",
            TEXT,
            "number",
            NUMBER,
            "repository",
            REPOSITORY,
            "installation",
            INSTALLATION,
            "pull_request",
            members("head", COMMIT, "base", members("sha", TEXT, "ref", TEXT), "changed_files", NUMBER),
            "changes",
            members("base", members()));
    private static final Shape.Members MERGE_GROUP = members(
            "action",
            TEXT,
            "repository",
            REPOSITORY,
            "installation",
            INSTALLATION,
            "merge_group",
            members("head_sha", TEXT, "base_sha", TEXT, "base_ref", TEXT));
    private static final Shape.Members CHECKS = members(
            "action",
            TEXT,
            "repository",
            REPOSITORY,
            "installation",
            INSTALLATION,
            "sender",
            SENDER,
            "check_suite",
            SUITE,
            "check_run",
            members("name", TEXT, "app", members("id", NUMBER), "check_suite", SUITE));

    private Events() {}

    /** Whether something is done about events of this name. */
    public static boolean knows(String name) {
        return KNOWN.contains(name);
    }

    /**
     * Reads the payload of an event.
     *
     * @param name one that is {@link #knows known}
     * @param payload its JSON
     */
    public static Event read(String name, InputStream payload) throws MalformedPayloadException {
        return switch (name) {
            case "push" -> push(PayloadReader.read(payload, PUSH));
            case "pull_request" -> pullRequest(PayloadReader.read(payload, PULL_REQUEST));
            case "merge_group" -> mergeGroup(PayloadReader.read(payload, MERGE_GROUP));
            case "check_suite", "check_run" -> checks(name, PayloadReader.read(payload, CHECKS));
            default -> AccountEvents.read(payload);
        };
    }

    private static RepositoryRef repository(Payload payload) throws MalformedPayloadException {
        Payload repository = payload.neededObject("repository");
        Payload owner = repository.neededObject("owner");
        return new RepositoryRef(
                owner.neededName(owner.text("login").isEmpty() ? "name" : "login"),
                repository.neededName("name"),
                repository.text("default_branch"),
                payload.object("installation").number("id"),
                repository.number("created_at"));
    }

    private static Event.Push push(Payload payload) throws MalformedPayloadException {
        Payload.Items commits = payload.list("commits");
        var files = new ArrayList<Event.CommitFiles>();
        boolean whole = commits.count() < MAYBE_TRUNCATED;
        for (Payload commit : commits.objects()) {
            Payload.Items added = commit.list("added");
            Payload.Items modified = commit.list("modified");
            Payload.Items removed = commit.list("removed");
            whole = whole && added.isWhole() && modified.isWhole() && removed.isWhole();
            files.add(new Event.CommitFiles(added.texts(), modified.texts(), removed.texts()));
        }
        Payload sender = payload.object("sender");
        return new Event.Push(
                repository(payload),
                payload.neededText("ref"),
                payload.neededCommit("before"),
                payload.neededCommit("after"),
                payload.isTrue("forced"),
                new PolicyEvent.Pusher(
                        sender.text("login"),
                        sender.number("id"),
                        payload.object("pusher").text("name")),
                files,
                whole);
    }

    private static Event.PullRequest pullRequest(Payload payload) throws MalformedPayloadException {
        Payload pullRequest = payload.neededObject("pull_request");
        return new Event.PullRequest(
                repository(payload),
                payload.neededText("action"),
                payload.neededNumber("number"),
                pullRequest.neededObject("head").neededCommit("sha"),
                new Event.Base(
                        pullRequest.object("base").text("ref"),
                        pullRequest.object("base").commit("sha"),
                        payload.object("changes").has("base")),
                pullRequest.number("changed_files"));
    }

    private static Event.MergeGroup mergeGroup(Payload payload) throws MalformedPayloadException {
        Payload group = payload.neededObject("merge_group");
        return new Event.MergeGroup(
                repository(payload),
                payload.neededText("action"),
                group.neededCommit("head_sha"),
                group.neededCommit("base_sha"),
                group.text("base_ref"));
    }

    private static Event.Checks checks(String name, Payload payload) throws MalformedPayloadException {
        boolean isRun = name.equals("check_run");
        Payload run = isRun ? payload.neededObject("check_run") : payload.object("check_run");
        Payload suite = (isRun ? run : payload).neededObject("check_suite");
        var pullRequests = new LinkedHashSet<Event.Proposal>();
        for (Payload pull : suite.list("pull_requests").objects()) {
            if (pull.number("number") != 0) {
                pullRequests.add(proposal(payload.object("repository"), pull));
            }
        }
        return new Event.Checks(
                repository(payload),
                payload.neededText("action"),
                payload.object("sender").text("login"),
                suite.text("head_branch"),
                suite.neededCommit("head_sha"),
                suite.commit("before"),
                List.copyOf(pullRequests),
                isRun
                        ? Optional.of(new Event.EventCheckRun(
                                run.text("name"), run.object("app").number("id")))
                        : Optional.empty());
    }

    /**
     * A pull request of a check suite. In a fork, these are pull requests of the repository that it was forked from.
     */
    private static Event.Proposal proposal(Payload repository, Payload pull) throws MalformedPayloadException {
        Payload base = pull.object("base");
        return new Event.Proposal(pull.number("number"), base.commit("sha"), isOf(repository, base.object("repo")));
    }

    private static boolean isOf(Payload repository, Payload base) {
        if (base.number("id") != 0 && repository.number("id") != 0) {
            return base.number("id") == repository.number("id");
        }
        String url = base.text("url").toLowerCase(Locale.ROOT);
        if (url.isEmpty()) {
            return !repository.isTrue("fork");
        }
        Payload owner = repository.object("owner");
        String login = owner.text("login").isEmpty() ? owner.text("name") : owner.text("login");
        return url.endsWith(("/repos/" + login + "/" + repository.text("name")).toLowerCase(Locale.ROOT));
    }
}
