package dev.octosts.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.octosts.exchange.spi.StoreException;
import dev.octosts.exchange.spi.UsedTokens.Result;
import dev.octosts.exchange.spi.UsedTokens.Use;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Used tokens in the embedded file. */
class H2UsedTokensTest extends UsedTokensContract {

    private final FileDatabase file = new FileDatabase();

    @Override
    TestDatabase tested() {
        return file;
    }

    @Test
    void a_use_outlives_the_process_and_a_file_that_is_closed_says_so(@TempDir Path folder) throws StoreException {
        var use = new Use("a".repeat(64), "one", "octo-org");
        var first = Databases.inFile(folder);
        first.start();
        Databases.awaitConnection(first);
        assertThat(new JdbcUsedTokens(first, System::nanoTime).use(use, Duration.ofMinutes(5)))
                .isEqualTo(Result.FIRST);
        first.close();

        assertThatThrownBy(() -> new JdbcUsedTokens(first, System::nanoTime).use(use, Duration.ofMinutes(5)))
                .isInstanceOf(StoreException.class);
        var second = Databases.inFile(folder);
        second.start();
        Databases.awaitConnection(second);
        assertThat(new JdbcUsedTokens(second, System::nanoTime).use(use, Duration.ofMinutes(5)))
                .isEqualTo(Result.REPEATED);
        second.close();
    }
}
