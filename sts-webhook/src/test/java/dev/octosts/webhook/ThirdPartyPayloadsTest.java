package dev.octosts.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.octosts.api.DeliveryHandled;
import dev.octosts.api.DeliveryHandled.Outcome;
import dev.octosts.api.DeliveryResult;
import dev.octosts.sandbox.github.ChangedFile;
import dev.octosts.sandbox.github.PullRequest;
import dev.octosts.sandbox.github.Repository;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every example payload that GitHub's own libraries are tested with: the npm package
 * {@code @octokit/webhooks-examples}. The test takes it from the folder that {@code OCTOSTS_WEBHOOK_EXAMPLES} names, or
 * has npm fetch it, and is left out where neither is to be had.
 *
 * @see <a href="https://github.com/octokit/webhooks">octokit/webhooks</a>
 */
@Timeout(300)
class ThirdPartyPayloadsTest {

    private static final Logger LOG = LoggerFactory.getLogger(ThirdPartyPayloadsTest.class);

    private static final String NAME = "webhook-examples";
    private static final String VERSION = "7.6.1";
    private static final Path FETCHED = Path.of("target", NAME + "-" + VERSION);

    /** Payloads that are refused, by the words of the refusal. What else there is in the package is answered 2xx. */
    private static final Set<String> REFUSED_FOR = Set.of(
            // Repositories and organizations have webhooks, too. Their payloads name no installation, and without one
            // nobody can act. Only those that ask for a review are refused.
            "the payload names no installation: only webhooks of a GitHub App are served");

    private final WebhookFixture webhook = new WebhookFixture().everybody();

    @AfterEach
    void close() {
        webhook.close();
    }

    /** An example, with the file that it is from. */
    private record Example(String version, String event, JsonObject payload) {

        String action() {
            return payload.getString("action", "");
        }

        @Override
        public String toString() {
            return version + " " + event + (action().isEmpty() ? "" : " " + action());
        }
    }

    @Test
    void are_all_answered_with_success_but_those_that_no_app_gets() throws Exception {
        var refusals = new TreeMap<String, Integer>();
        var examples = examples();
        for (Example example : examples) {
            String json = delivered(example).toString();

            DeliveryResult result = webhook.deliver(example.event(), json);

            if (result instanceof DeliveryResult.Refused(var problem)) {
                refusals.merge(problem.message(), 1, Integer::sum);
                assertThat(problem.message()).as("%s: %s", example, problem).isIn(REFUSED_FOR);
                assertThat(example.payload()).as(example.toString()).doesNotContainKey("installation");
            }
        }

        LOG.info("{} payloads, refused: {}", examples.size(), refusals);
        assertThat(examples).hasSizeGreaterThan(300);
        assertThat(refusals.keySet()).isEqualTo(new TreeSet<>(REFUSED_FOR));
        assertThat(webhook.handled)
                .hasSameSizeAs(examples)
                .extracting(DeliveryHandled::outcome)
                .doesNotContain(Outcome.FAILED, Outcome.OVERLOADED, Outcome.LIMITED);
        assertThat(webhook.handled).extracting(DeliveryHandled::outcome).contains(Outcome.DONE, Outcome.IGNORED);
    }

    /** The payload as it would come here: its installation, and what it tells of, are those of the sandbox. */
    private JsonObject delivered(Example example) {
        JsonObject payload = example.payload();
        if (!(payload.get("repository") instanceof JsonObject repository)
                || !(payload.get("installation") instanceof JsonObject)) {
            return payload;
        }
        var gitHub = webhook.sandbox().github();
        JsonObject owner = repository.getJsonObject("owner");
        var account = gitHub.organization(text(owner, "login").orElseGet(() -> owner.getString("name")));
        var installation = gitHub.install(webhook.first(), account);
        happened(example, gitHub.repository(account, repository.getString("name")));
        return Json.createObjectBuilder(payload)
                .add("installation", Json.createObjectBuilder().add("id", installation.id()))
                .build();
    }

    private static void happened(Example example, Repository repository) {
        JsonObject payload = example.payload();
        List<ChangedFile> files = List.of(ChangedFile.modified("README.md"));
        if (payload.get("pull_request") instanceof JsonObject pull
                && payload.get("number") instanceof JsonNumber number) {
            repository.addPullRequest(
                    number.intValue(),
                    PullRequest.of(
                            pull.getJsonObject("head").getString("sha"),
                            pull.getJsonObject("base").getString("sha"),
                            files));
        }
        JsonObject around = payload.get("check_run") instanceof JsonObject run ? run : payload;
        if (around.get("check_suite") instanceof JsonObject suite) {
            text(suite, "before")
                    .ifPresent(before -> repository.addComparison(before, suite.getString("head_sha"), 1, files));
            suite.getJsonArray("pull_requests")
                    .forEach(pull -> repository.addPullRequest(
                            pull.asJsonObject().getInt("number"),
                            PullRequest.of(
                                    suite.getString("head_sha"),
                                    pull.asJsonObject().getJsonObject("base").getString("sha"),
                                    files)));
        }
        if (payload.get("merge_group") instanceof JsonObject group) {
            repository.addComparison(group.getString("base_sha"), group.getString("head_sha"), 1, files);
        }
    }

    private static Optional<String> text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    private static List<Example> examples() throws IOException, InterruptedException {
        Optional<Path> folder = folder();
        if (folder.isEmpty()) {
            String missing =
                    "LEFT OUT: no payloads of @octokit/webhooks-examples; install npm, or name the folder of the"
                            + " package with OCTOSTS_WEBHOOK_EXAMPLES";
            LOG.warn(missing);
            assertThat(List.of(System.getenv()
                            .getOrDefault("OCTOSTS_TESTS_REQUIRE", "")
                            .split("[ ,]+")))
                    .as(missing)
                    .doesNotContain(NAME);
            assumeTrue(false, missing);
        }
        var examples = new ArrayList<Example>();
        try (Stream<Path> files = Files.walk(folder.orElseThrow())) {
            for (Path file :
                    files.filter(path -> path.endsWith("index.json")).sorted().toList()) {
                try (JsonReader reader = Json.createReader(Files.newInputStream(file))) {
                    for (JsonValue event : reader.readArray()) {
                        String name = event.asJsonObject().getString("name");
                        event.asJsonObject()
                                .getJsonArray("examples")
                                .forEach(payload -> examples.add(new Example(
                                        folder.orElseThrow().relativize(file).toString(),
                                        name,
                                        payload.asJsonObject())));
                    }
                }
            }
        }
        return examples;
    }

    private static Optional<Path> folder() throws IOException, InterruptedException {
        String named = System.getenv().getOrDefault("OCTOSTS_WEBHOOK_EXAMPLES", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        Path folder = FETCHED.resolve("package");
        if (Files.isDirectory(folder)) {
            return Optional.of(folder);
        }
        Files.createDirectories(FETCHED);
        String archive = "octokit-webhooks-examples-" + VERSION + ".tgz";
        return run("npm", "pack", "--silent", "@octokit/webhooks-examples@" + VERSION) && run("tar", "-xzf", archive)
                ? Optional.of(folder)
                : Optional.empty();
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command)
                    .directory(FETCHED.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
