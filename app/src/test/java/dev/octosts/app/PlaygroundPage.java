package dev.octosts.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The playground as people meet it: in a browser, against the packaged program. Each test class starts both once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PlaygroundPage {

    /** What the page's first example has, and the claims next to it satisfy. */
    static final String RIGHT = """
            issuer: https://token.actions.githubusercontent.com
            subject: repo:octo-org@9919/octo-repo@1296269:ref:refs/heads/main
            permissions:
              pull_requests: write
            """;

    static final String WRONG = RIGHT.replace("pull_requests", "pull-requests");
    static final String REFUSING = RIGHT.replace("heads/main", "heads/dev");

    private PackagedProgram program;
    Relay relay;
    Chromium browser;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        browser = Chromium.start(folder);
        program = PackagedProgram.start(folder, LoneProgram.VARIABLES).ready();
        relay = Relay.to(program.port());
    }

    @AfterAll
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (relay != null) {
            relay.close();
        }
        if (program != null) {
            program.close();
        }
    }

    @BeforeEach
    void open() {
        browser.open(relay.origin() + "/playground");
        awaitHeadline("Accepted");
    }

    @AfterEach
    void the_page_has_no_faults_and_asks_nobody_else() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requested()).isNotEmpty().allMatch(address -> address.startsWith(relay.origin() + "/"));
    }

    void awaitHeadline(String text) {
        browser.await("document.getElementById('headline').textContent === '" + text + "'");
    }

    void write(String field, String text) {
        browser.select(field);
        browser.type(text);
    }
}
