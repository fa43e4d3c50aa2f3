package dev.octosts.app;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a packaged program without a GitHub, which starts before the first of a class and ends after the last. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LoneProgramTests {

    Path folder = Path.of("");
    PackagedProgram program;

    @BeforeAll
    void startProgram(@TempDir Path given) throws IOException, InterruptedException {
        folder = given;
        program = PackagedProgram.start(folder, LoneProgram.VARIABLES);
        program.ready();
    }

    @AfterAll
    void closeProgram() {
        if (program != null) {
            program.close();
        }
    }
}
