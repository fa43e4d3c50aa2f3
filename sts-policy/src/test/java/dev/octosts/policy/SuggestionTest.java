package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.octosts.policy.diagnostic.Fault;
import dev.octosts.policy.text.DidYouMean;
import dev.octosts.policy.text.GoQuoted;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionTest {
    @ParameterizedTest
    @CsvSource({
        "pull-requests, pull_requests",
        "pull_request, pull_requests",
        "pullrequests, pull_requests",
        "Pull-Requests, pull_requests",
        "pull requests, pull_requests",
        "workflow, workflows",
        "content, contents",
        "Contents, contents",
        "CONTENTS, contents",
        "contnets, contents",
        "issue, issues",
        "isseus, issues",
        "action, actions",
        "check, checks",
        "status, statuses",
        "package, packages",
        "secret, secrets",
        "member, members",
        "deployment, deployments",
        "security-events, security_events",
        "organization-administration, organization_administration",
        "vulnerability-alerts, vulnerability_alerts",
    })
    void names_the_permission_that_was_meant(String written, String meant) {
        assertThat(UnknownPermission.explain(written))
                .isEqualTo("unknown permission " + GoQuoted.of(written) + "; did you mean " + meant + "?");
    }

    @Test
    void names_every_permission_that_is_written_with_dashes() {
        for (String name : Permissions.known().names()) {
            if (name.contains("_")) {
                assertThat(UnknownPermission.explain(name.replace('_', '-'))).endsWith("did you mean " + name + "?");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"id-token", "xyz", "", "\u00fc", "a-permission-that-nobody-has-ever-heard-of"})
    void names_none_where_none_is_near(String written) {
        assertThat(UnknownPermission.explain(written)).isEqualTo("unknown permission " + GoQuoted.of(written));
    }

    @ParameterizedTest
    @CsvSource({
        "Issuer, issuer",
        "iss, issuer",
        "issuer-pattern, issuer_pattern",
        "issuers, issuer",
        "sub, subject",
        "subjcts, subjects",
        "subject_patern, subject_pattern",
        "subjectPattern, subject_pattern",
        "aud, audience",
        "audiences, audience",
        "audience-pattern, audience_pattern",
        "claims, claim_pattern",
        "clam, claim",
        "claims_pattern, claim_pattern",
        "claim_patterns, claim_pattern",
        "permission, permissions",
        "Permissions, permissions",
        "repository, repositories",
        "repos, repositories",
        "apps, app",
    })
    void names_the_key_that_was_meant(String written, String meant) {
        assertThat(PolicyKeys.meant(written)).contains(meant);
    }

    @Test
    void names_every_key_that_lacks_a_letter() {
        for (String key : PolicyKeys.TEXTS) {
            if (key.length() > 3) {
                for (int i = 0; i < key.length(); i++) {
                    String written = key.substring(0, i) + key.substring(i + 1);
                    assertThat(PolicyKeys.meant(written)).as(written).contains(key);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name | remove it, the file's name is the identity",
                "description | write it as a comment, behind a #",
                "ttl | remove it, GitHub's tokens live for an hour",
                "apiVersion | remove it, the format has no version"
            },
            quoteCharacter = '`')
    void says_where_else_that_is_written(String written, String where) {
        assertThat(Policies.unparsable(Policies.read(Policies.ACCEPTED + "'" + written + "': x\n")))
                .extracting(Fault::message)
                .containsExactly("unknown key " + GoQuoted.of(written) + "; " + where);
    }

    @ParameterizedTest
    @ValueSource(strings = {"colour", "reviewers", "", "x"})
    void lists_the_keys_where_none_is_near(String written) {
        assertThat(Policies.unparsable(Policies.read(Policies.ACCEPTED + "'" + written + "': x\n")))
                .extracting(Fault::message)
                .containsExactly("unknown key " + GoQuoted.of(written) + "; known are issuer, issuer_pattern, subject, "
                        + "subject_pattern, audience, audience_pattern, app, app_pattern, subjects, claim_pattern, claim, "
                        + "permissions, repositories");
    }

    @Test
    void a_key_that_is_only_misspelt_is_not_missing_too() {
        assertThat(Policies.unparsable(Policies.read("isuer: x\nsubjct: y\npermisions: {issues: write}\n")))
                .extracting(Fault::message)
                .isEqualTo(List.of(
                        "unknown key \"isuer\"; did you mean issuer?",
                        "unknown key \"subjct\"; did you mean subject?",
                        "unknown key \"permisions\"; did you mean permissions?"));
    }

    @Test
    void does_not_compare_a_name_of_a_megabyte() {
        assertThat(DidYouMean.to("x".repeat(1 << 20), PolicyKeys.TEXTS)).isEmpty();
    }
}
