# Octo-STS on Azure Container Apps, with the keys of the Apps in Key Vault.

locals {
  port = 8080

  # Rights are given on keys and secrets, not on their versions. The keys may be made in the same run, so what is known
  # before it, the App's id, is the name of each right.
  keys = {
    for app in var.github_apps : tostring(app.app_id) =>
    "${var.key_vault_id}/keys/${regex("/keys/([^/]+)", app.key_version)[0]}"
  }
  has_webhook = var.webhook_secret != ""

  # The host of an image is that of its registry.
  registry = split("/", var.images.app)[0]
  login    = var.container_registry_id != ""

  environment = merge(
    {
      PORT           = tostring(local.port)
      STS_DOMAIN     = var.domain
      GITHUB_APP_IDS = join(",", [for app in var.github_apps : tostring(app.app_id)])
      KMS_PROVIDER   = "akv"
      KMS_KEYS       = join(",", [for app in var.github_apps : app.key_version])

      # Which of the identities that a replica may have.
      AZURE_CLIENT_ID = azurerm_user_assigned_identity.this.client_id

      # The ingress publishes every path, and metrics name the organizations that use the service.
      METRICS = "false"
    },
    var.github_webhook_organization_filter == "" ? {} : {
      GITHUB_WEBHOOK_ORGANIZATION_FILTER = var.github_webhook_organization_filter
    },
    # The service reads the secret itself, and this is its name.
    !local.has_webhook ? {} : { GITHUB_WEBHOOK_SECRET = var.webhook_secret },
    var.env,
  )
}

# Who the service acts as: it may sign with the keys of the Apps and read the secret of the webhook, and nothing else in
# the vault.

resource "azurerm_user_assigned_identity" "this" {
  name                = var.name
  resource_group_name = var.resource_group_name
  location            = var.location
}

resource "azurerm_role_assignment" "key" {
  for_each             = local.keys
  scope                = each.value
  role_definition_name = "Key Vault Crypto User"
  principal_id         = azurerm_user_assigned_identity.this.principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_role_assignment" "webhook" {
  count                = local.has_webhook ? 1 : 0
  scope                = "${var.key_vault_id}/secrets/${regex("/secrets/([^/]+)", var.webhook_secret)[0]}"
  role_definition_name = "Key Vault Secrets User"
  principal_id         = azurerm_user_assigned_identity.this.principal_id
  principal_type       = "ServicePrincipal"
}

resource "azurerm_role_assignment" "image" {
  count                = local.login ? 1 : 0
  scope                = var.container_registry_id
  role_definition_name = "AcrPull"
  principal_id         = azurerm_user_assigned_identity.this.principal_id
  principal_type       = "ServicePrincipal"
}

# Where it runs.

resource "azurerm_log_analytics_workspace" "this" {
  name                = var.name
  resource_group_name = var.resource_group_name
  location            = var.location
  sku                 = "PerGB2018"
  retention_in_days   = var.log_retention_days
}

resource "azurerm_container_app_environment" "this" {
  name                       = var.name
  resource_group_name        = var.resource_group_name
  location                   = var.location
  logs_destination           = "log-analytics"
  log_analytics_workspace_id = azurerm_log_analytics_workspace.this.id
  infrastructure_subnet_id   = var.infrastructure_subnet_id == "" ? null : var.infrastructure_subnet_id
  zone_redundancy_enabled    = var.infrastructure_subnet_id == "" ? null : true
}

# The service.

resource "azurerm_container_app" "this" {
  name                         = var.name
  resource_group_name          = var.resource_group_name
  container_app_environment_id = azurerm_container_app_environment.this.id
  revision_mode                = "Single"

  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.this.id]
  }

  dynamic "registry" {
    for_each = local.login ? [local.registry] : []
    content {
      server   = registry.value
      identity = azurerm_user_assigned_identity.this.id
    }
  }

  # It ends TLS, and answers HTTP with a redirect.
  ingress {
    external_enabled           = true
    allow_insecure_connections = false
    target_port                = local.port
    transport                  = "auto"

    traffic_weight {
      latest_revision = true
      percentage      = 100
    }

    dynamic "ip_security_restriction" {
      for_each = toset(var.allowed_cidr_blocks)
      content {
        name             = "callers-${replace(ip_security_restriction.value, "/[^0-9a-fA-F]/", "-")}"
        action           = "Allow"
        ip_address_range = ip_security_restriction.value
      }
    }
  }

  template {
    min_replicas                     = var.min_replicas
    max_replicas                     = var.max_replicas
    termination_grace_period_seconds = 40

    http_scale_rule {
      name                = "requests"
      concurrent_requests = "100"
    }

    container {
      name   = "octo-sts"
      image  = var.images.app
      args   = ["serve"]
      cpu    = 0.5
      memory = "1Gi"

      startup_probe {
        transport               = "HTTP"
        port                    = local.port
        path                    = "/health/started"
        interval_seconds        = 2
        timeout                 = 1
        failure_count_threshold = 30
      }

      readiness_probe {
        transport               = "HTTP"
        port                    = local.port
        path                    = "/health/ready"
        interval_seconds        = 5
        timeout                 = 3
        failure_count_threshold = 2
        success_count_threshold = 1
      }

      liveness_probe {
        transport               = "HTTP"
        port                    = local.port
        path                    = "/health/live"
        interval_seconds        = 10
        timeout                 = 3
        failure_count_threshold = 6
      }

      dynamic "env" {
        for_each = local.environment
        content {
          name  = env.key
          value = env.value
        }
      }
    }
  }

  depends_on = [
    azurerm_role_assignment.key,
    azurerm_role_assignment.webhook,
    azurerm_role_assignment.image,
  ]
}
