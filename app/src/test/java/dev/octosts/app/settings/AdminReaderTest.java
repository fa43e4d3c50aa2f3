package dev.octosts.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.operators.OperatorsSettings;
import dev.octosts.operators.OperatorsSettings.RoleAssignment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminReaderTest {

    private static final Map<String, String> SOUND = Map.of(
            "OCTOSTS_ADMIN_PORT", "9090",
            "OCTOSTS_ADMIN_ISSUER", "https://login.example.com",
            "OCTOSTS_ADMIN_AUDIENCE", "octo-sts-admin",
            "OCTOSTS_ADMIN_CLIENT_ID", "octo-sts-console",
            "OCTOSTS_ADMIN_URL", "https://sts-admin.example.com/",
            "OCTOSTS_ADMIN_VIEWERS", "watchers, team-a=Octo-Org|octo-labs",
            "OCTOSTS_ADMIN_OPERATORS", "platform");

    private static Map<String, String> with(String name, String value) {
        var variables = new HashMap<>(SOUND);
        variables.put(name, value);
        return variables;
    }

    @Test
    void without_a_port_there_is_nothing_for_operators() {
        var variables = new HashMap<>(SOUND);
        variables.remove("OCTOSTS_ADMIN_PORT");
        variables.put("OCTOSTS_ADMIN_URL", "nonsense");
        var settings = TestSettings.sound(variables);
        assertThat(settings.operators()).isEmpty();
        assertThat(settings.notices()).contains("OCTOSTS_ADMIN_VIEWERS has no effect without OCTOSTS_ADMIN_PORT");
    }

    @Test
    void everything_is_read() {
        OperatorsSettings settings = TestSettings.sound(SOUND).operators().orElseThrow();
        assertThat(settings.port()).isEqualTo(9090);
        assertThat(settings.issuer()).isEqualTo("https://login.example.com");
        assertThat(settings.audience()).contains("octo-sts-admin");
        assertThat(settings.rolesClaim()).isEqualTo("groups");
        assertThat(settings.viewers())
                .containsExactly(
                        new RoleAssignment("watchers", Set.of()),
                        new RoleAssignment("team-a", Set.of("octo-org", "octo-labs")));
        assertThat(settings.operators()).containsExactly(new RoleAssignment("platform", Set.of()));
        var login = settings.login().orElseThrow();
        assertThat(login.clientId()).isEqualTo("octo-sts-console");
        assertThat(login.secret().get()).isEmpty();
        assertThat(login.redirect()).isEqualTo(URI.create("https://sts-admin.example.com/login/callback"));
        assertThat(login.isSecure()).isTrue();
    }

    @Test
    void the_secret_of_the_client_may_change(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "one\n");
        var login = TestSettings.sound(with("OCTOSTS_ADMIN_CLIENT_SECRET_FILE", file.toString()))
                .operators()
                .orElseThrow()
                .login()
                .orElseThrow();
        assertThat(login.secret().get()).contains("one");
        Files.writeString(file, "two\n");
        assertThat(login.secret().get()).contains("two");
        Files.delete(file);
        assertThat(login.secret().get()).contains("two");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OCTOSTS_ADMIN_PORT|8080|this is PORT, where callers come",
                "OCTOSTS_ADMIN_PORT|x|is not a port",
                "OCTOSTS_ADMIN_ISSUER|login.example.com|is not an issuer",
                "OCTOSTS_ADMIN_ISSUER|''|not set; OCTOSTS_ADMIN_PORT needs it",
                "OCTOSTS_ADMIN_AUDIENCE|a b|is not an audience",
                "OCTOSTS_ADMIN_URL|''|not set; OCTOSTS_ADMIN_CLIENT_ID needs it",
                "OCTOSTS_ADMIN_URL|http://sts-admin.example.com|give https:// and a host without a path",
                "OCTOSTS_ADMIN_URL|https://sts-admin.example.com/console|give https:// and a host without a path",
                "OCTOSTS_ADMIN_CLIENT_SECRET_FILE|/nowhere/secret|does not exist",
                "OCTOSTS_ADMIN_STREAM_TOKEN_FILE|/nowhere/token|does not exist",
                "OCTOSTS_ADMIN_STREAM_TOKEN_FILE|/etc/hosts|set OCTOSTS_DB_URL",
                "OCTOSTS_ADMIN_VIEWERS|,|give up to 200 groups",
                "OCTOSTS_ADMIN_VIEWERS|team-a=|is not the name of an account",
                "OCTOSTS_ADMIN_OPERATORS|team-a=octo-org/repo|is not the name of an account"
            })
    void what_makes_no_sense_is_refused(String name, String value, String problem) {
        assertThat(TestSettings.faults(with(name, value)))
                .anySatisfy(
                        fault -> assertThat(fault.toString()).startsWith(name).contains(problem));
    }

    @Test
    void somebody_must_be_able_to_come_in() {
        var faults = TestSettings.faults(
                Map.of("OCTOSTS_ADMIN_PORT", "9090", "OCTOSTS_ADMIN_ISSUER", "https://login.example.com"));
        assertThat(faults.toString()).contains("nobody could come in").contains("nobody would have a role");
    }
}
