# Octo-STS on any Kubernetes, by the Helm chart of this repository.

resource "helm_release" "this" {
  name             = var.name
  namespace        = var.namespace
  create_namespace = var.create_namespace
  chart            = "${path.module}/../../helm/octo-sts"
  atomic           = true
  timeout          = 300

  values = [
    yamlencode({
      domain   = var.domain
      image    = var.image
      replicas = var.replicas
      github = {
        baseUrl        = var.github_base_url
        existingSecret = var.secret_name
      }
      webhook = {
        enabled            = var.webhook_enabled
        organizationFilter = compact(split(",", var.github_webhook_organization_filter))
      }
    }),
    yamlencode(var.values),
  ]
}
