# Octo-STS on Google Cloud Run, in several regions, behind one HTTPS load balancer.

locals {
  services = {
    app     = { image = var.images.app, only = "exchange" }
    webhook = { image = coalesce(var.images.webhook, var.images.app), only = "webhook" }
  }
  placed = {
    for pair in setproduct(keys(local.services), var.regions) : "${pair[0]}-${pair[1]}" => {
      part = pair[0], region = pair[1]
    }
  }
  app_ids = join(",", [for app in var.github_apps : tostring(app.app_id)])

  # Keys in KMS, one for each App, in place of one that is handed in as a secret.
  in_kms = var.app_key_secret == ""

  # What signs with a key, by service and App: the key may be made in the same run. Rights are given on keys, not on their
  # versions.
  signers = {
    for pair in setproduct(keys(local.services), range(length(var.github_apps))) :
    "${pair[0]} ${var.github_apps[pair[1]].app_id}" => {
      part = pair[0]
      key  = replace(var.github_apps[pair[1]].key_version, "//cryptoKeyVersions/.*$/", "")
    } if local.in_kms
  }

  environment = {
    for part in keys(local.services) : part => merge(
      { GITHUB_APP_IDS = local.app_ids },
      !local.in_kms ? {} : {
        KMS_PROVIDER = "gcp"
        KMS_KEYS     = join(",", [for app in var.github_apps : app.key_version])
      },
      part == "app" ? { STS_DOMAIN         = var.domain } : {
        GITHUB_WEBHOOK_ORGANIZATION_FILTER = var.github_webhook_organization_filter
      },
      # With keys in KMS the service reads the secret itself, and this is its name.
      part == "app" || !local.in_kms ? {} : {
        GITHUB_WEBHOOK_SECRET = "projects/${var.project_id}/secrets/${var.webhook_secret}/versions/latest"
      },
      var.env,
    )
  }

  # What Cloud Run hands in: the name of a secret for each variable.
  secrets = {
    for part in keys(local.services) : part => local.in_kms ? {} : merge(
      { APP_SECRET_CERTIFICATE_ENV_VAR = var.app_key_secret },
      part == "app" ? {} : { GITHUB_WEBHOOK_SECRET = var.webhook_secret },
    )
  }
}

resource "google_service_account" "this" {
  for_each     = local.services
  project      = var.project_id
  account_id   = "${var.name}-${each.key}"
  display_name = "Octo-STS, ${each.key}"
}

# Keys in KMS: each service may sign with those of the Apps, and read their public keys; nothing else.

resource "google_kms_crypto_key_iam_member" "signer" {
  for_each      = local.signers
  crypto_key_id = each.value.key
  role          = "roles/cloudkms.signer"
  member        = google_service_account.this[each.value.part].member
}

resource "google_kms_crypto_key_iam_member" "viewer" {
  for_each      = local.signers
  crypto_key_id = each.value.key
  role          = "roles/cloudkms.publicKeyViewer"
  member        = google_service_account.this[each.value.part].member
}

# A key as a secret.

resource "google_secret_manager_secret_iam_member" "key" {
  for_each  = { for part, service in local.services : part => service if !local.in_kms }
  project   = var.project_id
  secret_id = var.app_key_secret
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.this[each.key].member
}

resource "google_secret_manager_secret_iam_member" "webhook" {
  project   = var.project_id
  secret_id = var.webhook_secret
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.this["webhook"].member
}

resource "google_cloud_run_v2_service" "this" {
  for_each            = local.placed
  project             = var.project_id
  name                = "${var.name}-${each.value.part}"
  location            = each.value.region
  ingress             = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  deletion_protection = var.deletion_protection

  template {
    service_account                  = google_service_account.this[each.value.part].email
    timeout                          = "30s"
    max_instance_request_concurrency = 200

    scaling {
      min_instance_count = var.min_instances
      max_instance_count = var.max_instances
    }

    containers {
      image = local.services[each.value.part].image
      args  = ["serve", "--only", local.services[each.value.part].only]

      resources {
        limits            = { cpu = "1", memory = "512Mi" }
        startup_cpu_boost = true
      }

      ports {
        container_port = 8080
      }

      startup_probe {
        http_get {
          path = "/health/ready"
        }
        period_seconds    = 1
        timeout_seconds   = 1
        failure_threshold = 60
      }

      liveness_probe {
        http_get {
          path = "/health/live"
        }
        period_seconds    = 10
        failure_threshold = 6
      }

      dynamic "env" {
        for_each = local.secrets[each.value.part]
        content {
          name = env.key
          value_source {
            secret_key_ref {
              secret  = env.value
              version = "latest"
            }
          }
        }
      }

      dynamic "env" {
        for_each = local.environment[each.value.part]
        content {
          name  = env.key
          value = env.value
        }
      }
    }
  }

  lifecycle {
    precondition {
      condition     = alltrue([for app in var.github_apps : (app.key_version != null) == local.in_kms])
      error_message = "Give app_key_secret, or key_version for each App; not both."
    }
  }

  depends_on = [
    google_kms_crypto_key_iam_member.signer,
    google_kms_crypto_key_iam_member.viewer,
    google_secret_manager_secret_iam_member.key,
    google_secret_manager_secret_iam_member.webhook,
  ]
}

# The services ask for a token of their own, not for one of Google's.
resource "google_cloud_run_v2_service_iam_member" "public" {
  for_each = google_cloud_run_v2_service.this
  project  = var.project_id
  name     = each.value.name
  location = each.value.location
  role     = "roles/run.invoker"
  member   = "allUsers"
}

resource "google_compute_region_network_endpoint_group" "this" {
  for_each              = local.placed
  project               = var.project_id
  name                  = "${var.name}-${each.key}"
  region                = each.value.region
  network_endpoint_type = "SERVERLESS"

  cloud_run {
    service = google_cloud_run_v2_service.this[each.key].name
  }
}

resource "google_compute_backend_service" "this" {
  for_each              = local.services
  project               = var.project_id
  name                  = "${var.name}-${each.key}"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  protocol              = "HTTPS"

  dynamic "backend" {
    for_each = toset(var.regions)
    content {
      group = google_compute_region_network_endpoint_group.this["${each.key}-${backend.value}"].id
    }
  }
}

resource "google_compute_url_map" "this" {
  project         = var.project_id
  name            = var.name
  default_service = google_compute_backend_service.this["app"].id

  host_rule {
    hosts        = [var.domain]
    path_matcher = "paths"
  }

  path_matcher {
    name            = "paths"
    default_service = google_compute_backend_service.this["app"].id

    path_rule {
      paths   = ["/webhook"]
      service = google_compute_backend_service.this["webhook"].id
    }

    # Metrics name the organizations that use the service.
    path_rule {
      paths = ["/metrics", "/metrics/*"]
      url_redirect {
        path_redirect  = "/"
        strip_query    = true
        https_redirect = true
      }
    }
  }
}

resource "google_compute_managed_ssl_certificate" "this" {
  project = var.project_id
  name    = var.name

  managed {
    domains = [var.domain]
  }
}

resource "google_compute_target_https_proxy" "this" {
  project          = var.project_id
  name             = var.name
  url_map          = google_compute_url_map.this.id
  ssl_certificates = [google_compute_managed_ssl_certificate.this.id]
}

resource "google_compute_global_address" "this" {
  project = var.project_id
  name    = var.name
}

resource "google_compute_global_forwarding_rule" "this" {
  project               = var.project_id
  name                  = var.name
  load_balancing_scheme = "EXTERNAL_MANAGED"
  target                = google_compute_target_https_proxy.this.id
  ip_address            = google_compute_global_address.this.id
  port_range            = "443"
}
