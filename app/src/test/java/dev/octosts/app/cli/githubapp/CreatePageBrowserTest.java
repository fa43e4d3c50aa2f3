package dev.octosts.app.cli.githubapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.Chromium;
import dev.octosts.sandbox.Await;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Making an App as people do: in a browser. The GitHub of the sandbox confirms by itself. */
class CreatePageBrowserTest extends AppTest {

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+/\\?state=[A-Za-z0-9_-]{43}");

    private final StringWriter out = new StringWriter();

    private CompletableFuture<Result> begin(String... arguments) throws IOException {
        var environment = wayToGitHub();
        return CompletableFuture.supplyAsync(() -> call(CreateCommand::new, environment, out, arguments));
    }

    private String address() {
        Await.until(
                "an address",
                Duration.ofSeconds(30),
                () -> ADDRESS.matcher(out.toString()).find());
        var address = ADDRESS.matcher(out.toString());
        assertThat(address.find()).isTrue();
        return address.group();
    }

    /** A browser that knows nothing of the sandbox's authority. */
    private Chromium browser() throws IOException, InterruptedException {
        return Chromium.start(Files.createDirectory(folder.resolve("profile")), "--ignore-certificate-errors");
    }

    @Test
    void makes_an_app_with_one_press_of_a_button() throws Exception {
        try (var browser = browser()) {
            var waiting = begin("--domain=" + DOMAIN, "--org=octo-org", "--permissions=issues=write,contents=write");
            browser.open(address());
            browser.await("document.querySelector('main .card') !== null");
            var rows = browser.text("document.querySelector('main').innerText");
            assertThat(rows)
                    .contains("octo-sts", "the organization octo-org", "Only this account can install it")
                    .containsPattern("contents\\s+write\\s+The service reads trust policies.*policies can grant write")
                    .containsPattern("issues\\s+write\\s+You asked for it")
                    .containsPattern("checks\\s+write\\s+The service writes its review")
                    .containsPattern("pull_requests\\s+read\\s+The service sees")
                    .containsPattern("metadata\\s+read\\s+GitHub gives it to every App")
                    .containsPattern("push\\s+policies have changed")
                    .contains("https://sts.example.com/webhook");
            assertThat(browser.complaints()).isEmpty();

            browser.text("document.querySelector('button').click()");
            browser.await("location.pathname === '/created' && document.body.innerText.includes('The App is made')");
            var result = waiting.get(60, TimeUnit.SECONDS);

            assertThat(result.status()).as(result.err()).isZero();
            assertThat(folder.resolve("app.pem")).exists();
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.text("getComputedStyle(document.body).backgroundColor"))
                    .as("the last page has its styles although nobody serves it any more")
                    .isNotEqualTo("rgba(0, 0, 0, 0)");
        }
    }

    @ParameterizedTest
    @CsvSource({"light, 1280", "dark, 360"})
    void looks_like_the_playground_and_loads_nothing(String scheme, int width) throws Exception {
        try (var browser = browser()) {
            browser.look(scheme, width);
            var waiting = begin("--domain=" + DOMAIN, "--no-webhook", "--public");
            var address = address();
            browser.open(address);
            browser.await("document.querySelector('main .card') !== null");

            assertThat(browser.text("document.querySelector('main').innerText"))
                    .contains("your own account", "other accounts can install it")
                    .doesNotContain("What GitHub tells it", "checks");
            assertThat(browser.text("getComputedStyle(document.querySelector('.card')).borderTopLeftRadius"))
                    .isNotEqualTo("0px");
            assertThat(browser.is("document.querySelector('.icon svg').getBoundingClientRect().width === 36"))
                    .isTrue();
            assertThat(browser.is("document.documentElement.scrollWidth === document.documentElement.clientWidth"))
                    .isTrue();
            assertThat(browser.requested())
                    .isNotEmpty()
                    .allMatch(asked -> asked.startsWith(address.substring(0, address.indexOf('?'))));
            browser.text("document.querySelector('button').click()");
            assertThat(waiting.get(60, TimeUnit.SECONDS).status()).isZero();
        }
    }
}
