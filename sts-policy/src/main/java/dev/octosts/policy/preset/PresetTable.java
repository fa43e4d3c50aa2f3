package dev.octosts.policy.preset;

import java.util.List;

/** The presets, from the providers' documentation of their tokens. */
final class PresetTable {
    static final List<Preset> ALL = List.of(
            new Preset(
                    "github-actions",
                    "https://docs.github.com/en/actions/reference/security/oidc",
                    PresetForm.of("https://token.actions.githubusercontent.com", "repo:{owner}/{repository}:ref:{ref}")
                            .pattern("repo:{owner}(@[0-9]+)?/{repository}(@[0-9]+)?:ref:{ref}"),
                    Preset.Parameter.of("owner", "octo-org"),
                    Preset.Parameter.of("repository", "octo-repo"),
                    Preset.Parameter.of("ref", "refs/heads/main")),
            new Preset(
                    "gitlab",
                    "https://docs.gitlab.com/ci/secrets/id_token_authentication/",
                    PresetForm.of("{issuer}", "project_path:{project}:ref_type:{ref_type}:ref:{ref}"),
                    Preset.Parameter.withDefault("issuer", "https://gitlab.com"),
                    Preset.Parameter.of("project", "octo-group/octo-project"),
                    Preset.Parameter.withDefault("ref_type", "branch"),
                    Preset.Parameter.withDefault("ref", "main")),
            new Preset(
                    "buildkite",
                    "https://buildkite.com/docs/pipelines/security/oidc",
                    PresetForm.of(
                                    "https://agent.buildkite.com",
                                    "organization:{organization}:pipeline:{pipeline}:ref:refs/heads/{branch}:commit:4b825dc642cb6eb9a060e54bf8d69288fbee4904:step:build")
                            .pattern(
                                    "organization:{organization}:pipeline:{pipeline}:ref:refs/heads/{branch}:commit:[0-9a-f]+:step:[^:]*"),
                    Preset.Parameter.of("organization", "octo-org"),
                    Preset.Parameter.of("pipeline", "octo-pipeline"),
                    Preset.Parameter.withDefault("branch", "main")),
            new Preset(
                    "circleci",
                    "https://circleci.com/docs/guides/permissions-authentication/openid-connect-tokens/",
                    PresetForm.of(
                                    "https://oidc.circleci.com/org/{organization_id}",
                                    "org/{organization_id}/project/{project_id}/user/7ae1ff9f-2a4f-4d39-8e42-0bf7a0a0a1f3")
                            .pattern("org/{organization_id}/project/{project_id}/user/[0-9a-f-]+")
                            .audience("{audience}"),
                    Preset.Parameter.of("organization_id", "22da9bb5-6a4b-4c5e-8f0c-6b0f9c2b7a11"),
                    Preset.Parameter.of("project_id", "f0c5a4ce-2f0a-4f57-9f1d-3a0c3c7d2c55"),
                    Preset.Parameter.withDefault("audience", "{organization_id}")),
            new Preset(
                    "google",
                    "https://cloud.google.com/docs/authentication/token-types#id-contents",
                    PresetForm.of("https://accounts.google.com", "{unique_id}"),
                    Preset.Parameter.of("unique_id", "117292703478108941530")),
            new Preset(
                    "eks",
                    "https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html",
                    PresetForm.of(
                            "https://oidc.eks.{region}.amazonaws.com/id/{cluster_id}",
                            "system:serviceaccount:{namespace}:{service_account}"),
                    Preset.Parameter.of("region", "eu-west-1"),
                    Preset.Parameter.of("cluster_id", "EXAMPLED539D4633E53DE1B71EXAMPLE"),
                    Preset.Parameter.of("namespace", "default"),
                    Preset.Parameter.of("service_account", "octo-app")),
            new Preset(
                    "gke",
                    "https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity",
                    PresetForm.of(
                            "https://container.googleapis.com/v1/projects/{project}/locations/{location}/clusters/{cluster}",
                            "system:serviceaccount:{namespace}:{service_account}"),
                    Preset.Parameter.of("project", "octo-project"),
                    Preset.Parameter.of("location", "europe-west1"),
                    Preset.Parameter.of("cluster", "octo-cluster"),
                    Preset.Parameter.of("namespace", "default"),
                    Preset.Parameter.of("service_account", "octo-app")),
            new Preset(
                    "aks",
                    "https://learn.microsoft.com/en-us/azure/aks/use-oidc-issuer",
                    PresetForm.of(
                            "https://{region}.oic.prod-aks.azure.com/{tenant}/{cluster_id}/",
                            "system:serviceaccount:{namespace}:{service_account}"),
                    Preset.Parameter.of("region", "westeurope"),
                    Preset.Parameter.of("tenant", "72f988bf-86f1-41af-91ab-2d7cd011db47"),
                    Preset.Parameter.of("cluster_id", "2d9a6f1e-5f0c-4a4e-8a9a-6f5a4d1c7c20"),
                    Preset.Parameter.of("namespace", "default"),
                    Preset.Parameter.of("service_account", "octo-app")),
            new Preset(
                    "entra",
                    "https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference",
                    PresetForm.of("https://login.microsoftonline.com/{tenant}/v2.0", "{object_id}")
                            .audience("{application_id}"),
                    Preset.Parameter.of("tenant", "72f988bf-86f1-41af-91ab-2d7cd011db47"),
                    Preset.Parameter.of("object_id", "c5d4e7a2-0f0b-4c9f-9d4e-6f1a2b3c4d5e"),
                    Preset.Parameter.of("application_id", "1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9")),
            new Preset(
                    "kubernetes",
                    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
                    PresetForm.of("{issuer}", "system:serviceaccount:{namespace}:{service_account}"),
                    Preset.Parameter.of("issuer", "https://kubernetes.example.com"),
                    Preset.Parameter.of("namespace", "default"),
                    Preset.Parameter.of("service_account", "octo-app")),
            new Preset(
                    "terraform-cloud",
                    "https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens",
                    PresetForm.of(
                            "https://app.terraform.io",
                            "organization:{organization}:project:{project}:workspace:{workspace}:run_phase:{run_phase}"),
                    Preset.Parameter.of("organization", "octo-org"),
                    Preset.Parameter.of("project", "octo-project"),
                    Preset.Parameter.of("workspace", "octo-workspace"),
                    Preset.Parameter.withDefault("run_phase", "apply")),
            // Service connections whose issuer is Entra show their issuer and subject themselves.
            new Preset(
                    "azure-devops",
                    "https://learn.microsoft.com/en-us/azure/devops/pipelines/release/troubleshoot-workload-identity",
                    PresetForm.of(
                                    "https://vstoken.dev.azure.com/{organization_id}",
                                    "sc://{organization}/{project}/{service_connection}")
                            .audience("api://AzureADTokenExchange"),
                    Preset.Parameter.of("organization_id", "8b2f6a1c-3d4e-4f50-9a6b-7c8d9e0f1a2b"),
                    Preset.Parameter.of("organization", "octo-org"),
                    Preset.Parameter.of("project", "octo-project"),
                    Preset.Parameter.of("service_connection", "octo-connection")),
            new Preset(
                    "oidc",
                    "https://plugins.jenkins.io/oidc-provider/",
                    PresetForm.of("{issuer}", "{subject}").audience("{audience}"),
                    Preset.Parameter.of("issuer", "https://jenkins.example.com/oidc"),
                    Preset.Parameter.of("subject", "https://jenkins.example.com/job/octo-job/"),
                    Preset.Parameter.optional("audience")));

    private PresetTable() {}
}
