output "dns_name" {
  description = "Where the domain has to point."
  value       = aws_lb.this.dns_name
}

output "task_role_arn" {
  description = "Who the service acts as."
  value       = aws_iam_role.task.arn
}
