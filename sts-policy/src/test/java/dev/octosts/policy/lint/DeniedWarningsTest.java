package dev.octosts.policy.lint;

import static dev.octosts.policy.lint.Linting.CLEAN;
import static dev.octosts.policy.lint.Linting.GRANT;
import static dev.octosts.policy.lint.Linting.ISSUER;
import static dev.octosts.policy.lint.Linting.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.diagnostic.Parsed;
import dev.octosts.policy.guardrail.Guardrails;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Guard rails that allow no warnings. */
class DeniedWarningsTest {

    /** Two warnings of one kind, and a hint. */
    private static final String WARNED = ISSUER + "subject_pattern: .*\n" + GRANT;

    private static List<String> told(String file, FileContext context, String rails) {
        var reading = Guardrails.read(bytes(rails));
        assertThat(reading).isInstanceOf(Parsed.Valid.class);
        var rules = new OrganizationRules(Optional.empty(), reading.valid());
        return Linting.told(file, context.under(rules));
    }

    private static List<String> added(FileContext context, String rails) {
        List<String> alone = Linting.told(WARNED, context);
        assertThat(alone).isNotEmpty();
        return told(WARNED, context, rails).stream()
                .filter(line -> !alone.contains(line))
                .toList();
    }

    @Test
    void make_an_error_of_the_warnings_of_a_file() {
        assertThat(added(Linting.repository(), "warnings: deny\n"))
                .singleElement()
                .asString()
                .matches(
                        "2:\\d+ STS039 the organization's guard rails allow no warnings, and there (is one|are \\d+): STS.*;"
                                + " mend what they are about, or ask for an override in guardrails.yaml");
    }

    @Test
    void only_tell_of_them_in_audit_mode() {
        assertThat(added(Linting.repository(), "mode: audit\nwarnings: deny\n"))
                .singleElement()
                .asString()
                .contains(" STS064 the organization's guard rails allow no warnings");
    }

    @Test
    void say_nothing_where_warnings_are_allowed_or_the_organization_itself_grants() {
        assertThat(added(Linting.repository(), "warnings: allow\n")).isEmpty();
        assertThat(added(
                        Linting.repository(),
                        "warnings: deny\noverrides: [{repositories: [octo-*], warnings: allow}]\n"))
                .isEmpty();
        assertThat(added(Linting.organization(), "warnings: deny\n")).isEmpty();
        assertThat(told(CLEAN, Linting.repository(), "warnings: deny\n")).isEmpty();
    }
}
