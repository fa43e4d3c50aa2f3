variable "project_id" {
  description = "The Google Cloud project."
  type        = string
}

variable "name" {
  description = "What everything is called."
  type        = string
  default     = "octo-sts"
}

variable "domain" {
  description = "The host name of the service: the audience of tokens, and the name in the certificate."
  type        = string
}

variable "regions" {
  description = "Where it runs."
  type        = list(string)

  validation {
    condition     = length(var.regions) > 0
    error_message = "Give one region at least."
  }
}

variable "images" {
  description = "The image of the exchange, and that of the webhook where it is another one."
  type = object({
    app     = string
    webhook = optional(string)
  })
}

variable "github_apps" {
  description = "The GitHub Apps. key_version is the App's key in KMS, the resource name of a version; without it all Apps use the key of app_key_secret. org_name is not supported yet."
  type = list(object({
    app_id      = number
    key_version = optional(string)
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
    condition     = length(distinct([for app in var.github_apps : app.key_version == null])) == 1
    error_message = "Give key_version for each App, or for none."
  }
  validation {
    condition = alltrue([
      for app in var.github_apps :
      can(regex("^projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+/cryptoKeyVersions/[0-9]+$", coalesce(app.key_version, "projects/p/locations/l/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1")))
    ])
    error_message = "key_version is projects/P/locations/L/keyRings/R/cryptoKeys/K/cryptoKeyVersions/V."
  }
}

variable "app_key_secret" {
  description = "Name of the secret in Secret Manager that holds the App's private key, PEM; empty with keys in KMS."
  type        = string
  default     = ""
}

variable "webhook_secret" {
  description = "Name of the secret in Secret Manager that holds the webhook's secret."
  type        = string
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

variable "min_instances" {
  description = "How many instances wait in each region; 0 lets the first caller wait for a start."
  type        = number
  default     = 1
}

variable "max_instances" {
  description = "How many instances there may be in each region."
  type        = number
  default     = 5
}

variable "deletion_protection" {
  description = "Whether Terraform refuses to delete the services."
  type        = bool
  default     = true
}
