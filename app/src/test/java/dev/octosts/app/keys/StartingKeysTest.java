package dev.octosts.app.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.github.AppCredential;
import dev.octosts.github.key.GuardedKey;
import dev.octosts.github.key.SigningException;
import dev.octosts.github.key.SigningException.SigningFault;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartingKeysTest {

    private final LogLines log = new LogLines(StartingKeys.class);

    @AfterEach
    void stop() {
        log.close();
    }

    private static AppCredential app(long id, String name, GuardedKey.Opening opening) {
        return new AppCredential(id, new GuardedKey(name, opening));
    }

    /** As a library of a provider may throw, with anything in its text. */
    private static final class LibraryException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LibraryException() {
            super("the token hvs.secret is not accepted");
        }
    }

    @Test
    void refuse_with_a_plain_line_when_the_library_of_a_provider_fails_unexpectedly() {
        var refused = StartingKeys.refused(List.of(app(7, "aws key alias/octo-sts", () -> {
            throw new LibraryException();
        })));

        assertThat(refused)
                .containsExactly(
                        "App 7 cannot sign with aws key alias/octo-sts: the library of the key service fails with "
                                + LibraryException.class.getName()
                                + ", which this program does not expect; check the variables of that service, and report it");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void tell_of_every_key_what_an_operator_has_to_correct() {
        var refused = StartingKeys.refused(List.of(
                app(7, "aws key a", () -> {
                    throw new SigningException(SigningFault.DENIED, "AccessDeniedException");
                }),
                app(8, "aws key b", () -> {
                    throw new SigningException(SigningFault.THROTTLED, "ThrottlingException");
                }),
                app(9, "aws key c", () -> {
                    throw new SigningException(SigningFault.NOT_FOUND, "");
                })));

        assertThat(refused)
                .hasSize(2)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("App 7 cannot sign with aws key a: access is denied (AccessDeniedException); let"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("App 9 cannot sign with aws key c: there is none of this name; check"));
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("App 8 cannot sign with aws key b: the key service limits the rate of calls");
    }
}
