package dev.octosts.app.cli.policy.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.app.cli.policy.Checker;
import dev.octosts.app.cli.policy.PolicyTest;
import dev.octosts.app.cli.policy.RepositoryResolver;
import dev.octosts.policy.diagnostic.Severity;
import dev.octosts.policy.lint.OrganizationRules;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ColoursTest extends PolicyTest {

    @Test
    void are_for_terminals_that_want_them() {
        assertThat(Colours.wanted(Map.of(), () -> true).on()).isTrue();
        assertThat(Colours.wanted(Map.of("NO_COLOR", ""), () -> true).on()).isTrue();
        assertThat(Colours.wanted(Map.of("TERM", "xterm"), () -> true).on()).isTrue();
        assertThat(Colours.wanted(Map.of(), () -> false).on()).isFalse();
        assertThat(Colours.wanted(Map.of("NO_COLOR", "1"), () -> true).on()).isFalse();
        assertThat(Colours.wanted(Map.of("TERM", "dumb"), () -> true).on()).isFalse();
    }

    @Test
    void tell_severities_apart() {
        var colours = new Colours(true);

        assertThat(colours.severity(Severity.ERROR, "x")).isEqualTo("\u001b[1;31mx\u001b[0m");
        assertThat(colours.severity(Severity.WARNING, "x")).isEqualTo("\u001b[1;33mx\u001b[0m");
        assertThat(colours.severity(Severity.HINT, "x")).isEqualTo("\u001b[1;36mx\u001b[0m");
        assertThat(new Colours(false).severity(Severity.ERROR, "x")).isEqualTo("x");
    }

    @Test
    void change_nothing_but_colours() throws IOException {
        var file = write("ci.sts.yaml", WRONG);
        var checked = new Checker(RepositoryResolver.derived(".github"), OrganizationRules.NONE)
                .check(new FoundFile(file, "ci.sts.yaml", folder, Optional.empty()));

        assertThat(told(checked, true)).contains("\u001b[");
        assertThat(told(checked, true).replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(told(checked, false));
    }

    private static String told(CheckedFile checked, boolean coloured) {
        var text = new StringWriter();
        new TextReport(new PrintWriter(text), new Colours(coloured)).file(checked);
        return text.toString();
    }
}
