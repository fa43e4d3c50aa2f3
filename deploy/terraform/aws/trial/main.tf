# What deploy/terraform-trial applies: the module with a key in KMS and a secret, in a network of its own. The key is one
# that AWS made, because a trial has no App.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0, < 7.0"
    }
  }
}

variable "certificate" {
  description = "A certificate for the balancer, PEM."
  type        = string
}

variable "certificate_key" {
  description = "Its private key, PEM."
  type        = string
  sensitive   = true
}

resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "this" {
  for_each          = { public-a = "a", public-b = "b", private-a = "a", private-b = "b" }
  vpc_id            = aws_vpc.this.id
  cidr_block        = cidrsubnet(aws_vpc.this.cidr_block, 8, index(["public-a", "public-b", "private-a", "private-b"], each.key))
  availability_zone = "eu-central-1${each.value}"
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
}

resource "aws_acm_certificate" "this" {
  certificate_body = var.certificate
  private_key      = var.certificate_key
}

resource "aws_kms_key" "app" {
  description              = "The key of an App"
  customer_master_key_spec = "RSA_2048"
  key_usage                = "SIGN_VERIFY"
  deletion_window_in_days  = 7
}

resource "aws_kms_alias" "app" {
  name          = "alias/octo-sts"
  target_key_id = aws_kms_key.app.key_id
}

resource "aws_secretsmanager_secret" "webhook" {
  name                    = "octo-sts/webhook"
  recovery_window_in_days = 0
}

module "octo_sts" {
  source              = "./module"
  domain              = "sts.example.com"
  certificate_arn     = aws_acm_certificate.this.arn
  images              = { app = "registry.example.com/octo-sts:trial" }
  github_apps         = [{ app_id = 123456, key_version = aws_kms_alias.app.name }]
  kms_key_arns        = [aws_kms_key.app.arn]
  webhook_secret_arn  = aws_secretsmanager_secret.webhook.arn
  vpc_id              = aws_vpc.this.id
  vpc_cidr_block      = aws_vpc.this.cidr_block
  public_subnet_ids   = [aws_subnet.this["public-a"].id, aws_subnet.this["public-b"].id]
  private_subnet_ids  = [aws_subnet.this["private-a"].id, aws_subnet.this["private-b"].id]
  deletion_protection = false
}

output "dns_name" {
  value = module.octo_sts.dns_name
}
