package dev.octosts.policy.lint;

import static dev.octosts.policy.lint.Linting.GRANT;
import static dev.octosts.policy.lint.Linting.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a fix writes was meant, and accepts no more than that. */
class NoWiderFixTest {
    private static final String REPOSITORY = "repo:octo-org@9919/octo-repo@1296269:";
    private static final String GKE =
            "issuer: https://container.googleapis.com/v1/projects/p/locations/europe-west1/clusters/c\n";

    /**
     * A file, what is reported first, and what it is after that one's fix; the same file where somebody has to judge.
     */
    static final String[][] FIXES = {
        judged(
                "subject_pattern: '" + REPOSITORY + "ref:refs/heads/main^'\n",
                "STS067 no text matches \"" + REPOSITORY + "ref:refs/heads/main^\""),
        judged(
                "subject_pattern: '" + REPOSITORY + "ref$:refs/heads/main'\n",
                "STS067 no text matches \"" + REPOSITORY + "ref$:refs/heads/main\""),
        judged(
                "subject_pattern: '" + REPOSITORY + "environment:Prod (EU)'\n",
                "parentheses are no part of it; write \\( and \\) for them"),
        judged(
                "subject_pattern: '" + REPOSITORY + "ref:refs/heads/{main,dev}'\n",
                "braces hold no alternatives; write (one|other)"),
        judged(
                "subject_pattern: '" + REPOSITORY + "ref:refs/heads/main|dev'\n",
                "no subject is \"dev\"; write " + REPOSITORY + "ref:refs/heads/(main|dev)"),
        judged(
                "subject: " + REPOSITORY + "ref:0123456789abcdef0123456789abcdef01234567\n",
                "STS054 GitHub Actions makes no subject such as"),
        fixed(
                "subject: " + REPOSITORY + "ref:refs%2Fheads%2Fmain\n",
                "write " + REPOSITORY + "ref:refs/heads/main",
                "subject: " + REPOSITORY + "ref:refs/heads/main\n"),
        fixed(
                "subject_pattern: 'repo:octo-org@*/octo-repo@*:ref:refs/heads/main'\n",
                "in a pattern \"@*\" means any number of \"@\"",
                "subject_pattern: 'repo:octo-org@[0-9]+/octo-repo@[0-9]+:ref:refs/heads/main'\n"),
        {
            "issuer_pattern: https://*.example.com\nsubject: x\n" + GRANT,
            "in a pattern \"/*\" means any number of \"/\"",
            "issuer_pattern: 'https://[^/]*.example.com'\nsubject: x\n" + GRANT
        },
        {
            GKE + "subject: p.svc.id.goog[default/app]\n" + GRANT,
            "write system:serviceaccount:default:app",
            GKE + "subject: system:serviceaccount:default:app\n" + GRANT
        },
    };

    @ParameterizedTest
    @FieldSource("FIXES")
    void is_what_was_meant(String file, String told, String after) {
        Diagnostic first = Linting.lint(file).getFirst();

        assertThat(Linting.told(first)).contains(told);
        assertThat(new String(
                        Fix.apply(Linting.bytes(file), first.fix().stream().toList()), StandardCharsets.UTF_8))
                .isEqualTo(after);
    }

    @Test
    void leaves_an_environment_with_parentheses_in_an_exact_subject_alone() {
        assertThat(Linting.lint(ISSUER + "subject: '" + REPOSITORY + "environment:Prod (EU)'\n" + GRANT))
                .isEmpty();
    }

    private static String[] fixed(String subject, String told, String after) {
        return new String[] {ISSUER + subject + GRANT, told, ISSUER + after + GRANT};
    }

    private static String[] judged(String subject, String told) {
        return fixed(subject, told, subject);
    }
}
