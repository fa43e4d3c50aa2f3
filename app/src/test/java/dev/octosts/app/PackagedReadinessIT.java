package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.sandbox.Sandbox;
import dev.octosts.sandbox.github.CallKind;
import dev.octosts.sandbox.github.Calls;
import dev.octosts.sandbox.github.Faults;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether callers may come depends on what GitHub says about the Apps, but not on GitHub being up. */
class PackagedReadinessIT {

    private final Sandbox sandbox = Sandbox.start();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        sandbox.close();
    }

    private Map<String, String> variables() throws IOException {
        var app = sandbox.github().app("octo-sts");
        return new HashMap<>(Map.of(
                "STS_DOMAIN", "sts.octo-org.example",
                "GITHUB_APP_IDS", Long.toString(app.id()),
                "APP_SECRET_CERTIFICATE_FILE",
                        Files.writeString(folder.resolve("app.pem"), app.pkcs1Pem())
                                .toString(),
                "GITHUB_BASE_URL", sandbox.github().baseUri().toString(),
                "SSL_CERT_FILE",
                        sandbox.authority().writePem(folder.resolve("ca.pem")).toString()));
    }

    private static HttpResponse<String> await(PackagedProgram program, Predicate<HttpResponse<String>> condition)
            throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (System.nanoTime() < end && program.process().isAlive()) {
            try {
                var answer = program.get("/health/ready");
                if (condition.test(answer)) {
                    return answer;
                }
            } catch (IOException notListening) {
                // not yet
            }
            var _ = program.process().waitFor(50, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError(program.output());
    }

    @Test
    void is_not_ready_while_github_rejects_every_app_and_then_is() throws Exception {
        sandbox.github().fault(Calls.kind(CallKind.APP), Faults.status(401));
        var variables = variables();
        try (var program = PackagedProgram.start(folder, variables)) {
            var answer = await(program, ready -> ready.body().contains("rejected"));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("\"rejected\":\"" + variables.get("GITHUB_APP_IDS") + "\"");
            assertThat(program.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(program.output()).contains("GitHub rejects the key of App");

            sandbox.github().clearFaults();
            var ready = await(program, again -> again.statusCode() == 200);
            assertThat(ready.body())
                    .containsPattern(
                            "\"key_of_app_" + variables.get("GITHUB_APP_IDS") + "\":\"SHA256:[A-Za-z0-9+/=]{44}\"");
        }
    }

    @Test
    void is_ready_when_github_cannot_be_reached_and_says_why() throws Exception {
        var variables = variables();
        variables.put("GITHUB_BASE_URL", "https://127.0.0.1:1");
        try (var program = PackagedProgram.start(folder, variables)) {
            await(program, ready -> ready.statusCode() == 200);
            assertThat(program.output()).contains("the connection is refused", "GITHUB_BASE_URL");
        }
    }
}
