package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.kms.aws.fixture.RealKms;
import dev.octosts.sandbox.Await;
import dev.octosts.sandbox.DemoWorld;
import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.key.RsaKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole exchanges through the packaged program, 200 a second, while the keys of the App change; not one may fail. No
 * part of the usual tests, because it takes a minute and a machine that does nothing else; docs/key-management.md says
 * how to run it. What it saw is in {@code target/key-rotation-trial.txt}.
 */
class KeyRotationTrial {

    private static final String DOMAIN = "sts.example.com";
    private static final int CALLERS = 20;
    private static final long EACH_EVERY_MILLIS = 100;
    private static final int PLENTY = 1_000_000;

    /** After ten seconds a JWT that GitHub does not accept is signed once more. */
    private static final Duration OLDER_THAN_A_NEW_JWT = Duration.ofSeconds(11);

    private static final Duration BETWEEN = Duration.ofSeconds(3);
    private static final Path RESULTS = Path.of("target", "key-rotation-trial.txt");

    @TempDir
    Path folder;

    private final Sandbox sandbox = Sandbox.start();
    private final DemoWorld world = DemoWorld.in(sandbox);
    private final KeyPair next = RsaKeys.make();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger done = new AtomicInteger();
    private final Map<String, AtomicInteger> failures = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Long> micros = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void plenty() {
        world.app().rateLimit().remaining(PLENTY);
        world.installation().rateLimit().remaining(PLENTY);
    }

    @AfterEach
    void close() {
        client.close();
        sandbox.close();
    }

    /** A change of keys, made while exchanges are going on. */
    private interface Step {
        void make() throws Exception;
    }

    private void exchange(HttpRequest request) {
        long start = System.nanoTime();
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            micros.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
            if (status != 200) {
                fail("status " + status);
            }
        } catch (IOException none) {
            fail(none.getClass().getSimpleName());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return;
        }
        done.incrementAndGet();
    }

    private void fail(String why) {
        failures.computeIfAbsent(why, _ -> new AtomicInteger()).incrementAndGet();
    }

    /** Exchanges for eleven seconds, and then three more after each step. */
    private void during(String name, Map<String, String> variables, Step... steps) throws Exception {
        try (var program = PackagedProgram.start(folder, variables)) {
            program.ready();
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port()
                            + "/sts/exchange?scope=octo-org/octo-repo&identity=" + DemoWorld.CI))
                    .header(
                            "Authorization",
                            "Bearer " + world.workflowToken(DOMAIN).sign())
                    .build();
            assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                    .as(program.output())
                    .isEqualTo(200);
            long start = System.nanoTime();
            try (var callers = new ScheduledThreadPoolExecutor(CALLERS)) {
                for (int caller = 0; caller < CALLERS; caller++) {
                    var _ = callers.scheduleAtFixedRate(
                            () -> exchange(request),
                            caller * EACH_EVERY_MILLIS / CALLERS,
                            EACH_EVERY_MILLIS,
                            TimeUnit.MILLISECONDS);
                }
                goOn(OLDER_THAN_A_NEW_JWT);
                for (Step step : steps) {
                    step.make();
                    goOn(BETWEEN);
                }
                callers.shutdown();
                assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            }
            tell(name, Duration.ofNanos(System.nanoTime() - start));
            assertThat(failures).as(program.output()).isEmpty();
        }
    }

    /** For as many exchanges as there are in that time. */
    private void goOn(Duration time) {
        int wanted = done.get() + Math.toIntExact(time.toMillis() * CALLERS / EACH_EVERY_MILLIS);
        Await.until("exchanges are made", time.multipliedBy(10), () -> done.get() >= wanted);
    }

    private void tell(String name, Duration time) throws IOException {
        var sorted = micros.stream().sorted().toList();
        var line = "%s: %d exchanges in %.1f s (%.0f a second), failed: %s; p50 %.1f ms, p99 %.1f ms, longest %.0f ms%n"
                .formatted(
                        name,
                        done.get(),
                        time.toMillis() / 1000.0,
                        done.get() * 1000.0 / time.toMillis(),
                        failures.isEmpty() ? "none" : failures.toString(),
                        sorted.get(sorted.size() / 2) / 1000.0,
                        sorted.get(sorted.size() * 99 / 100) / 1000.0,
                        sorted.getLast() / 1000.0);
        System.out.print(line);
        Files.writeString(RESULTS, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Map<String, String> variables(Map<String, String> changes) throws IOException {
        var variables = PackagedProgram.variables(sandbox, world, DOMAIN, folder);
        variables.put("APP_SECRET_CERTIFICATE_ENV_VAR", "");
        variables.putAll(changes);
        return variables;
    }

    private Step gitHubHasTheNextKey() {
        return () -> world.app().addKey(next.getPublic());
    }

    private Step gitHubDropsTheFirstKey() {
        return () -> world.app().deleteKey(world.app().publicKey());
    }

    @Test
    void the_file_of_the_key_is_written_over() throws Exception {
        var file = Files.writeString(folder.resolve("app.pem"), world.app().pkcs1Pem());
        during(
                "file written over",
                variables(Map.of("APP_SECRET_CERTIFICATE_FILE", file.toString())),
                gitHubHasTheNextKey(),
                () -> Files.move(
                        Files.writeString(folder.resolve("next.pem"), RsaKeys.pem(next.getPrivate())),
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING),
                gitHubDropsTheFirstKey());
    }

    @Test
    void github_drops_the_first_of_two_keys() throws Exception {
        during(
                "second of two keys",
                variables(Map.of(
                        "APP_SECRET_CERTIFICATE_FILE",
                        Files.writeString(folder.resolve("app.pem"), world.app().pkcs1Pem())
                                .toString(),
                        "APP_SECRET_CERTIFICATE_FILE_NEXT",
                        Files.writeString(folder.resolve("next.pem"), RsaKeys.pem(next.getPrivate()))
                                .toString())),
                gitHubHasTheNextKey(),
                gitHubDropsTheFirstKey());
    }

    @Test
    void the_alias_of_a_key_in_kms_is_moved() throws Exception {
        var first = "bc436485-5092-42b8-92a3-0aa8b93536dc";
        var second = "bc436485-5092-42b8-92a3-0aa8b93536dd";
        var keys = new LinkedHashMap<String, PrivateKey>();
        keys.put(first, world.app().privateKey());
        keys.put(second, next.getPrivate());
        try (var kms = RealKms.localKms(folder, RealKms.seed("alias/octo-sts", keys))) {
            during(
                    "alias moved",
                    variables(Map.of(
                            "KMS_PROVIDER", "aws",
                            "KMS_KEYS", "alias/octo-sts",
                            "AWS_REGION", "eu-central-1",
                            "AWS_ACCESS_KEY_ID", "AKIATEST",
                            "AWS_SECRET_ACCESS_KEY", "secret",
                            "AWS_ENDPOINT_URL", kms.address())),
                    gitHubHasTheNextKey(),
                    () -> assertThat(moved(kms, "alias/octo-sts", second)).isEqualTo(200),
                    gitHubDropsTheFirstKey());
        }
    }

    /** Looks at the region of a request's signature alone. */
    private int moved(RealKms kms, String alias, String key) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(kms.address() + "/"))
                .header("X-Amz-Target", "TrentService.UpdateAlias")
                .header("Content-Type", "application/x-amz-json-1.1")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIATEST/20260101/eu-central-1/kms/aws4_request,"
                                + " SignedHeaders=host, Signature=00")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"AliasName\": \"" + alias + "\", \"TargetKeyId\": \"" + key + "\"}"))
                .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }
}
