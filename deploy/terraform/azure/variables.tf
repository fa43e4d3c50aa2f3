variable "name" {
  description = "What everything is called; lower case letters, digits and hyphens, 4 to 32 of them."
  type        = string
  default     = "octo-sts"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,30}[a-z0-9]$", var.name)) && !strcontains(var.name, "--")
    error_message = "Give a name of 4 to 32 lower case letters, digits and single hyphens, which begins with a letter and does not end with a hyphen."
  }
}

variable "domain" {
  description = "The host name of the service: the audience of tokens. Point it at the output dns_name."
  type        = string
}

variable "resource_group_name" {
  description = "The resource group, which is there."
  type        = string
}

variable "location" {
  description = "Where it runs, such as westeurope."
  type        = string
}

variable "images" {
  description = "The image, with the provider akv. The exchange and the webhook are one service here, so webhook is not looked at."
  type = object({
    app     = string
    webhook = optional(string)
  })
}

variable "container_registry_id" {
  description = "The resource id of the Azure Container Registry that has the image; empty for a registry that wants no login."
  type        = string
  default     = ""
}

variable "github_apps" {
  description = "The GitHub Apps. key_version is the identifier of the App's key in the vault, with or without a version; without one the newest counts. org_name is not supported yet."
  type = list(object({
    app_id      = number
    key_version = string
    org_name    = optional(string)
  }))

  validation {
    condition     = length(var.github_apps) > 0
    error_message = "Give one App at least."
  }
  validation {
    condition     = alltrue([for app in var.github_apps : app.org_name == null])
    error_message = "Pools of organizations are not supported yet: leave org_name out."
  }
  validation {
    condition     = alltrue([for app in var.github_apps : can(regex("^https://[^/]+/keys/[0-9A-Za-z-]+(/[0-9A-Fa-f]+)?$", app.key_version))])
    error_message = "key_version is https://V.vault.azure.net/keys/K, perhaps with /VERSION behind it."
  }
}

variable "key_vault_id" {
  description = "The resource id of the vault with the keys of the Apps and the secret of the webhook. It uses Azure RBAC, not access policies."
  type        = string

  validation {
    condition     = can(regex("/providers/Microsoft.KeyVault/vaults/[^/]+$", var.key_vault_id))
    error_message = "key_vault_id is /subscriptions/…/resourceGroups/…/providers/Microsoft.KeyVault/vaults/V."
  }
}

variable "webhook_secret" {
  description = "The identifier of the secret of the webhook in the vault, https://V.vault.azure.net/secrets/S; empty switches the webhook off."
  type        = string
  default     = ""

  validation {
    condition     = var.webhook_secret == "" || can(regex("^https://[^/]+/secrets/[0-9A-Za-z-]+(/[0-9A-Fa-f]+)?$", var.webhook_secret))
    error_message = "webhook_secret is https://V.vault.azure.net/secrets/S, perhaps with /VERSION behind it."
  }
}

variable "github_webhook_organization_filter" {
  description = "Owners whose deliveries count, with commas between; empty means all."
  type        = string
  default     = ""
}

variable "env" {
  description = "Further variables of docs/installation.md."
  type        = map(string)
  default     = {}
}

variable "min_replicas" {
  description = "How many replicas wait; 0 lets the first caller wait for a start."
  type        = number
  default     = 2
}

variable "max_replicas" {
  description = "How many replicas there may be."
  type        = number
  default     = 5
}

variable "infrastructure_subnet_id" {
  description = "The subnet of the environment, with a /21 or more; the replicas are then spread over zones. Empty for a network of the platform."
  type        = string
  default     = ""
}

variable "allowed_cidr_blocks" {
  description = "Who may call; empty for everyone. GitHub's deliveries come from addresses of GitHub."
  type        = list(string)
  default     = []
}

variable "log_retention_days" {
  description = "How long logs are kept, 30 to 730 days; the audit events are among them."
  type        = number
  default     = 365
}
