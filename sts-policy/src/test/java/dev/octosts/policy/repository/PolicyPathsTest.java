package dev.octosts.policy.repository;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyPathsTest {
    private static final PolicyPaths PATHS = new PolicyPaths(".github");

    @Test
    void finds_the_identity_in_the_path_of_a_policy() {
        assertThat(PolicyPaths.identity(PolicyPaths.policy("release"))).isEqualTo("release");
        assertThat(PolicyPaths.identity(PolicyPaths.policy("ci/release"))).isEqualTo("ci/release");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "release.sts.yaml",
                ".github/chainguard/.sts.yaml",
                ".github/chainguard/release.sts.yml",
                ".github/chainguard/release.STS.yaml",
                ".github/chainguard/../release.sts.yaml",
                ".github/chainguard/a//b.sts.yaml",
                ".github/workflows/release.sts.yaml"
            })
    void finds_no_identity_elsewhere(String path) {
        assertThat(PolicyPaths.identity(path)).isEmpty();
        assertThat(PATHS.known("repo", path)).isEmpty();
    }

    @Test
    void knows_the_organizations_files_in_the_policy_repository_alone() {
        assertThat(PATHS.known(".GitHub", PolicyPaths.TRUSTED_ISSUERS)).contains(GovernanceKind.TRUSTED_ISSUERS);
        assertThat(PATHS.known(".github", PolicyPaths.GUARDRAILS)).contains(GovernanceKind.GUARDRAILS);
        assertThat(PATHS.known(".github", PolicyPaths.policy("ci"))).contains(PolicyKind.ORGANIZATION);
        assertThat(PATHS.known("repo", PolicyPaths.TRUSTED_ISSUERS)).isEmpty();
        assertThat(PATHS.known("repo", PolicyPaths.GUARDRAILS)).isEmpty();
        assertThat(PATHS.known("repo", PolicyPaths.policy("ci"))).contains(PolicyKind.REPOSITORY);
    }

    @Test
    void lets_policies_in_sub_folders_go_unreviewed() {
        assertThat(PATHS.reviewed("repo", PolicyPaths.policy("ci"))).contains(PolicyKind.REPOSITORY);
        assertThat(PATHS.reviewed("repo", PolicyPaths.policy("a/ci"))).isEmpty();
        assertThat(PATHS.known("repo", PolicyPaths.policy("a/ci"))).contains(PolicyKind.REPOSITORY);
    }

    @ParameterizedTest
    @CsvSource({
        "trusted-token-issuers.yaml, TRUSTED_ISSUERS",
        "Trusted_Issuer.sts.yml, TRUSTED_ISSUERS",
        "guardrails.yaml, GUARDRAILS",
        "guard-rail.yml, GUARDRAILS"
    })
    void recognizes_a_misspelt_name(String fileName, GovernanceKind kind) {
        assertThat(PolicyPaths.meant(fileName)).contains(kind);
        assertThat(PolicyPaths.meant("my-" + fileName)).isEmpty();
    }
}
