output "address" {
  description = "Where the domain's A record has to point."
  value       = google_compute_global_address.this.address
}

output "service_accounts" {
  description = "Who the services act as."
  value       = { for part, account in google_service_account.this : part => account.email }
}
