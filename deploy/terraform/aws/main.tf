# Octo-STS on ECS Fargate behind an HTTPS load balancer.

data "aws_region" "current" {}

locals {
  port    = 8080
  app_ids = join(",", [for app in var.github_apps : tostring(app.app_id)])

  # Keys in KMS, one for each App, in place of one that is handed in as a secret.
  in_kms = alltrue([for app in var.github_apps : app.key_version != null])

  environment = merge(
    {
      PORT           = tostring(local.port)
      STS_DOMAIN     = var.domain
      GITHUB_APP_IDS = local.app_ids
    },
    var.github_webhook_organization_filter == "" ? {} : {
      GITHUB_WEBHOOK_ORGANIZATION_FILTER = var.github_webhook_organization_filter
    },
    !local.in_kms ? {} : {
      KMS_PROVIDER = "aws"
      KMS_KEYS     = join(",", [for app in var.github_apps : app.key_version])
    },
    # With keys in KMS the service reads the secret itself, and this is its name.
    !local.in_kms || var.webhook_secret_arn == "" ? {} : { GITHUB_WEBHOOK_SECRET = var.webhook_secret_arn },
    var.env,
  )

  secrets_to_read = compact([local.in_kms ? "" : var.app_key_secret_arn, var.webhook_secret_arn])

  # A policy has a resource. This one is in no region and of no account, so there is none like it.
  no_secret = "arn:aws:secretsmanager:::secret:none"

  secrets = local.in_kms ? {} : merge(
    { APP_SECRET_CERTIFICATE_ENV_VAR = var.app_key_secret_arn },
    var.webhook_secret_arn == "" ? {} : { GITHUB_WEBHOOK_SECRET = var.webhook_secret_arn },
  )
}

# Who takes the image and hands the secrets in.

data "aws_iam_policy_document" "tasks" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "execution" {
  name_prefix        = "${var.name}-execution-"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

# Always there: the secrets may be made in the same run, and then nobody knows before it how many they are.
data "aws_iam_policy_document" "secrets" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = coalescelist(local.secrets_to_read, [local.no_secret])
  }

  dynamic "statement" {
    for_each = var.secrets_kms_key_arn == "" ? [] : [var.secrets_kms_key_arn]
    content {
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }
}

# What reads the secrets: ECS, or the service itself.
resource "aws_iam_role_policy" "secrets" {
  name   = "secrets"
  role   = local.in_kms ? aws_iam_role.task.id : aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.secrets.json
}

# Who the service acts as. It asks nothing of AWS unless the keys of Apps are in KMS.

resource "aws_iam_role" "task" {
  name_prefix        = "${var.name}-task-"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

data "aws_iam_policy_document" "kms" {
  count = length(var.kms_key_arns) > 0 ? 1 : 0

  statement {
    actions   = ["kms:Sign", "kms:GetPublicKey"]
    resources = var.kms_key_arns
  }
}

resource "aws_iam_role_policy" "kms" {
  count  = length(var.kms_key_arns) > 0 ? 1 : 0
  name   = "kms"
  role   = aws_iam_role.task.id
  policy = data.aws_iam_policy_document.kms[0].json
}

# Who may call whom.

resource "aws_security_group" "balancer" {
  name_prefix = "${var.name}-balancer-"
  description = "Octo-STS: callers to the balancer"
  vpc_id      = var.vpc_id

  ingress {
    description = "callers"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = var.allowed_cidr_blocks
  }

  egress {
    description = "the service"
    from_port   = local.port
    to_port     = local.port
    protocol    = "tcp"
    cidr_blocks = [var.vpc_cidr_block]
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "service" {
  name_prefix = "${var.name}-service-"
  description = "Octo-STS: the balancer to the service, the service to GitHub and issuers"
  vpc_id      = var.vpc_id

  ingress {
    description     = "the balancer"
    from_port       = local.port
    to_port         = local.port
    protocol        = "tcp"
    security_groups = [aws_security_group.balancer.id]
  }

  egress {
    description = "GitHub, issuers, the registry and Secrets Manager"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  lifecycle {
    create_before_destroy = true
  }
}

# The balancer.

resource "aws_lb" "this" {
  name                       = var.name
  load_balancer_type         = "application"
  subnets                    = var.public_subnet_ids
  security_groups            = [aws_security_group.balancer.id]
  drop_invalid_header_fields = true
  enable_deletion_protection = var.deletion_protection
  # The service keeps idle connections for five minutes, longer than the balancer.
  idle_timeout = 60
}

resource "aws_lb_target_group" "this" {
  name_prefix          = "sts-"
  port                 = local.port
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = var.vpc_id
  deregistration_delay = 30

  load_balancing_algorithm_type = "least_outstanding_requests"

  health_check {
    path                = "/health/ready"
    matcher             = "200"
    interval            = 5
    timeout             = 3
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lb_listener" "this" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  # What is not named below stays inside; metrics name the organizations that use the service.
  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "application/json"
      message_body = jsonencode({ code = 5, message = "Not Found", details = [] })
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener_rule" "public" {
  listener_arn = aws_lb_listener.this.arn
  priority     = 10

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }

  condition {
    path_pattern {
      values = ["/", "/sts/*", "/webhook", "/healthcheck"]
    }
  }
}

# A rule has five values at most.
resource "aws_lb_listener_rule" "oauth" {
  listener_arn = aws_lb_listener.this.arn
  priority     = 11

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }

  condition {
    path_pattern {
      values = ["/token", "/revoke", "/introspect", "/.well-known/oauth-authorization-server"]
    }
  }
}

# The service.

resource "aws_cloudwatch_log_group" "this" {
  name              = "/ecs/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_ecs_cluster" "this" {
  name = var.name
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  volume {
    name = "tmp"
  }

  container_definitions = jsonencode([{
    name                   = "octo-sts"
    image                  = var.images.app
    essential              = true
    command                = ["serve"]
    user                   = "65532"
    readonlyRootFilesystem = true
    stopTimeout            = 30
    environment            = [for name, value in local.environment : { name = name, value = value }]
    secrets                = [for name, arn in local.secrets : { name = name, valueFrom = arn }]
    portMappings           = [{ containerPort = local.port, protocol = "tcp" }]
    mountPoints            = [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = data.aws_region.current.name
        awslogs-stream-prefix = "sts"
      }
    }
  }])
}

resource "aws_ecs_service" "this" {
  name                               = var.name
  cluster                            = aws_ecs_cluster.this.id
  task_definition                    = aws_ecs_task_definition.this.arn
  desired_count                      = var.replicas
  launch_type                        = "FARGATE"
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = 200
  health_check_grace_period_seconds  = 30

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets          = var.private_subnet_ids
    security_groups  = [aws_security_group.service.id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.this.arn
    container_name   = "octo-sts"
    container_port   = local.port
  }

  depends_on = [aws_lb_listener_rule.public]
}
