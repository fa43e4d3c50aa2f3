output "dns_name" {
  description = "Where the domain's CNAME record has to point."
  value       = azurerm_container_app.this.ingress[0].fqdn
}

output "domain_verification_id" {
  description = "What the TXT record asuid.DOMAIN has to say before the domain can be added."
  value       = azurerm_container_app.this.custom_domain_verification_id
  sensitive   = true
}

output "principal_id" {
  description = "Who the service acts as."
  value       = azurerm_user_assigned_identity.this.principal_id
}
