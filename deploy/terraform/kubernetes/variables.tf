variable "name" {
  description = "The name of the release."
  type        = string
  default     = "octo-sts"
}

variable "namespace" {
  description = "Where it runs."
  type        = string
  default     = "octo-sts"
}

variable "create_namespace" {
  description = "Whether the namespace is made."
  type        = bool
  default     = true
}

variable "domain" {
  description = "The host name of the service: the audience of tokens."
  type        = string
}

variable "image" {
  description = "The image: repository, and tag or digest."
  type = object({
    repository = string
    tag        = optional(string, "")
    digest     = optional(string, "")
  })
}

variable "replicas" {
  description = "How many."
  type        = number
  default     = 2
}

variable "secret_name" {
  description = "A Secret with app-id, app.pem and webhook-secret; octo-sts app create writes one."
  type        = string
}

variable "github_base_url" {
  description = "GitHub's REST API; empty means https://api.github.com."
  type        = string
  default     = ""
}

variable "webhook_enabled" {
  description = "Whether deliveries are taken."
  type        = bool
  default     = true
}

variable "github_webhook_organization_filter" {
  description = "Owners whose deliveries count, with commas between; empty means all."
  type        = string
  default     = ""
}

variable "values" {
  description = "Further values of the chart; they win over the ones above."
  type        = any
  default     = {}
}
