variable "name" {
  description = "What everything is called; at most 32 characters."
  type        = string
  default     = "octo-sts"
}

variable "domain" {
  description = "The host name of the service: the audience of tokens. Point it at the output dns_name."
  type        = string
}

variable "certificate_arn" {
  description = "The certificate of the domain, in ACM."
  type        = string
}

variable "images" {
  description = "The image. The exchange and the webhook are one service here, so webhook is not looked at."
  type = object({
    app     = string
    webhook = optional(string)
  })
}

variable "github_apps" {
  description = "The GitHub Apps. key_version is the App's key in KMS, by ARN or alias; without it all Apps use the key of app_key_secret_arn. org_name is not supported yet."
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
}

variable "app_key_secret_arn" {
  description = "The secret in Secrets Manager that holds the App's private key, PEM, as its whole text; empty with keys in KMS."
  type        = string
  default     = ""
}

variable "webhook_secret_arn" {
  description = "The secret in Secrets Manager that holds the webhook's secret; empty switches the webhook off."
  type        = string
  default     = ""
}

variable "secrets_kms_key_arn" {
  description = "The customer managed key that the secrets are encrypted with; empty for that of AWS."
  type        = string
  default     = ""
}

variable "kms_key_arns" {
  description = "Keys in KMS that the service may sign with: those of KMS_KEYS, by ARN."
  type        = list(string)
  default     = []
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

variable "replicas" {
  description = "How many tasks."
  type        = number
  default     = 2
}

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "vpc_cidr_block" {
  description = "Its addresses."
  type        = string
}

variable "public_subnet_ids" {
  description = "Where the balancer is; two zones at least."
  type        = list(string)
}

variable "private_subnet_ids" {
  description = "Where the tasks are; with a way to the Internet, for GitHub and issuers."
  type        = list(string)
}

variable "allowed_cidr_blocks" {
  description = "Who may call."
  type        = list(string)
  default     = ["0.0.0.0/0"]
}

variable "log_retention_days" {
  description = "How long logs are kept; the audit events are among them."
  type        = number
  default     = 365
}

variable "deletion_protection" {
  description = "Whether the balancer can be deleted."
  type        = bool
  default     = true
}
