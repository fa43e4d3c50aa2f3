package dev.octosts.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedPlatformsTest {
    private static final String ID = "c3a1b7d0-0000-4000-8000-000000000001";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://token.actions.githubusercontent.com",
                "https://token.actions.githubusercontent.com/octo-enterprise",
                "https://token.actions.octocorp.ghe.com",
                "https://token.actions.octocorp.ghe.com/octo",
                "https://gitlab.com",
                "https://gitlab.com/",
                "https://GITLAB.com",
                "https://gitlab.com:443",
                "https://gitlab.com.",
                "https://accounts.google.com",
                "accounts.google.com",
                "https://oidc.circleci.com/org/" + ID,
                "https://agent.buildkite.com",
                "https://api.bitbucket.org/2.0/workspaces/octo/pipelines-config/identity/oidc",
                "https://app.terraform.io",
                "https://app.eu.terraform.io",
                "https://vstoken.dev.azure.com/" + ID,
                "https://sts.windows.net/" + ID + "/",
                "https://login.microsoftonline.com/" + ID + "/v2.0",
                "https://oidc.codefresh.io",
                "https://octo.semaphoreci.com",
                "https://app.harness.io/ng/api/oidc/account/AbCdEf",
                "https://octo.app.spacelift.io",
                "https://octo.app.us.spacelift.io",
                "https://oidc.fly.io/octo",
                "https://oidc.vercel.com",
                "https://oidc.vercel.com/octo"
            })
    void a_platform_that_anyone_can_use_is_shared(String issuer) {
        assertThat(SharedPlatforms.contains(issuer)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://",
                "https://issuer.example",
                "https://gitlab.octo.example",
                "https://mygitlab.com",
                "https://gitlab.com.octo.example",
                "https://octo.example/gitlab.com",
                "https://token.actions.octo.example",
                "https://octo.ghe.com/_services/token",
                "https://ghe.octo.example/_services/token",
                "https://semaphoreci.com.octo.example",
                "https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF",
                "https://container.googleapis.com/v1/projects/octo/locations/europe-west1/clusters/prod",
                "https://westeurope.oic.prod-aks.azure.com/" + ID + "/" + ID + "/"
            })
    void a_cluster_or_a_server_of_ones_own_is_not_shared(String issuer) {
        assertThat(SharedPlatforms.contains(issuer)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://token.actions.githubusercontent.com",
                "https://gitlab.com",
                "https://accounts.google.com",
                "https://agent.buildkite.com",
                "https://app.terraform.io"
            })
    void some_platforms_have_one_issuer_for_all_their_customers(String issuer) {
        assertThat(SharedPlatforms.isOneForAll(issuer)).isTrue();
        assertThat(SharedPlatforms.contains(issuer)).isTrue();
        assertThat(SharedPlatforms.isOneForAll(issuer + "/octo")).isFalse();
    }
}
