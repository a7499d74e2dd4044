resource "aws_connect_routing_profile" "support" {
  instance_id               = local.instance_id
  name                      = var.revised ? "Customer support" : "Support"
  description               = "The ${local.revision} revision"
  default_outbound_queue_id = var.revised ? aws_connect_queue.support.queue_id : aws_connect_queue.billing.queue_id
  tags                      = { revision = local.revision }

  media_concurrencies {
    channel     = "VOICE"
    concurrency = 1
  }

  dynamic "media_concurrencies" {
    for_each = var.revised ? { CHAT = 5, TASK = 2 } : { CHAT = 2 }
    content {
      channel     = media_concurrencies.key
      concurrency = media_concurrencies.value
    }
  }

  queue_configs {
    channel  = "VOICE"
    delay    = 0
    priority = var.revised ? 3 : 1
    queue_id = aws_connect_queue.support.queue_id
  }

  queue_configs {
    channel  = var.revised ? "TASK" : "CHAT"
    delay    = 30
    priority = 2
    queue_id = aws_connect_queue.billing.queue_id
  }

  # More than fit in one request.
  dynamic "queue_configs" {
    for_each = setproduct(aws_connect_queue.languages[*].queue_id, ["VOICE", "CHAT"])
    content {
      channel  = queue_configs.value[1]
      delay    = 0
      priority = var.revised ? 5 : 4
      queue_id = queue_configs.value[0]
    }
  }
}

resource "aws_connect_routing_profile" "nothing" {
  instance_id               = local.instance_id
  name                      = "Nothing"
  description               = "Without queues"
  default_outbound_queue_id = data.aws_connect_queue.default.queue_id

  media_concurrencies {
    channel     = "VOICE"
    concurrency = 1
  }
}

data "aws_connect_routing_profile" "by_id" {
  instance_id        = local.instance_id
  routing_profile_id = aws_connect_routing_profile.support.routing_profile_id
}

data "aws_connect_routing_profile" "by_name" {
  instance_id = local.instance_id
  name        = aws_connect_routing_profile.support.name
}

resource "aws_connect_security_profile" "support" {
  instance_id = local.instance_id
  name        = "Support"
  description = "The ${local.revision} revision"
  permissions = var.revised ? ["BasicAgentAccess", "OutboundCallAccess"] : ["BasicAgentAccess"]
  tags        = { revision = local.revision }
}

data "aws_connect_security_profile" "by_id" {
  instance_id         = local.instance_id
  security_profile_id = aws_connect_security_profile.support.security_profile_id
}

data "aws_connect_security_profile" "by_name" {
  instance_id = local.instance_id
  name        = aws_connect_security_profile.support.name
}

data "aws_connect_security_profile" "agent" {
  instance_id = local.instance_id
  name        = "Agent"
}

resource "aws_connect_security_profile" "nothing" {
  instance_id = local.instance_id
  name        = "Nothing"
}

resource "aws_connect_user_hierarchy_structure" "places" {
  instance_id = local.instance_id

  hierarchy_structure {
    level_one {
      name = var.revised ? "Land" : "Country"
    }
    level_two {
      name = "City"
    }
    dynamic "level_three" {
      for_each = var.revised ? ["Building"] : []
      content {
        name = level_three.value
      }
    }
    dynamic "level_four" {
      for_each = var.revised ? ["Floor"] : []
      content {
        name = level_four.value
      }
    }
    dynamic "level_five" {
      for_each = var.revised ? ["Room"] : []
      content {
        name = level_five.value
      }
    }
  }
}

resource "aws_connect_user_hierarchy_group" "germany" {
  instance_id = aws_connect_user_hierarchy_structure.places.id
  name        = var.revised ? "Deutschland" : "Germany"
  tags        = { revision = local.revision }
}

resource "aws_connect_user_hierarchy_group" "berlin" {
  instance_id     = local.instance_id
  name            = "Berlin"
  parent_group_id = aws_connect_user_hierarchy_group.germany.hierarchy_group_id

  lifecycle {
    ignore_changes = [parent_group_id] # the provider does not read it
  }
}

data "aws_connect_user_hierarchy_structure" "places" {
  instance_id = aws_connect_user_hierarchy_structure.places.id
}

data "aws_connect_user_hierarchy_group" "by_id" {
  instance_id        = local.instance_id
  hierarchy_group_id = aws_connect_user_hierarchy_group.berlin.hierarchy_group_id
}

data "aws_connect_user_hierarchy_group" "by_name" {
  instance_id = local.instance_id
  name        = aws_connect_user_hierarchy_group.berlin.name
}

resource "aws_connect_user" "ana" {
  instance_id          = local.instance_id
  name                 = "ana"
  password             = "Passw0rd-of-Ana"
  routing_profile_id   = var.revised ? aws_connect_routing_profile.nothing.routing_profile_id : aws_connect_routing_profile.support.routing_profile_id
  security_profile_ids = concat([aws_connect_security_profile.support.security_profile_id], var.revised ? [data.aws_connect_security_profile.agent.security_profile_id] : [])
  hierarchy_group_id   = var.revised ? aws_connect_user_hierarchy_group.berlin.hierarchy_group_id : aws_connect_user_hierarchy_group.germany.hierarchy_group_id
  tags                 = { revision = local.revision }

  identity_info {
    first_name      = "Ana"
    last_name       = var.revised ? "Silva" : "Lima"
    email           = "ana@example.com"
    secondary_email = var.revised ? "silva@example.com" : "lima@example.com"
  }

  phone_config {
    phone_type                    = var.revised ? "DESK_PHONE" : "SOFT_PHONE"
    desk_phone_number             = var.revised ? "+442071838752" : null
    after_contact_work_time_limit = var.revised ? 30 : 0
    auto_accept                   = !var.revised
  }

  lifecycle {
    ignore_changes = [password] # nobody can read it, after an import least of all
  }
}

# With as little as is allowed, and into a group and out of it.
resource "aws_connect_user" "ben" {
  instance_id          = local.instance_id
  name                 = "ben"
  password             = "Passw0rd-of-Ben"
  routing_profile_id   = aws_connect_routing_profile.nothing.routing_profile_id
  security_profile_ids = [data.aws_connect_security_profile.agent.security_profile_id]
  hierarchy_group_id   = var.revised ? null : aws_connect_user_hierarchy_group.berlin.hierarchy_group_id

  identity_info {
    first_name = "Ben"
    last_name  = "Okri"
  }

  phone_config {
    phone_type = "SOFT_PHONE"
  }

  lifecycle {
    ignore_changes = [password]
  }
}

# Signs in elsewhere, and so has no password.
resource "aws_connect_user" "rui" {
  instance_id          = aws_connect_instance.staff.id
  name                 = "rui@example.com"
  routing_profile_id   = data.aws_connect_routing_profile.staff.routing_profile_id
  security_profile_ids = [data.aws_connect_security_profile.staff.security_profile_id]

  identity_info {
    first_name = "Rui"
    last_name  = "Costa"
  }

  phone_config {
    phone_type                    = "SOFT_PHONE"
    after_contact_work_time_limit = var.revised ? 60 : 10
  }
}

data "aws_connect_routing_profile" "staff" {
  instance_id = aws_connect_instance.staff.id
  name        = "Basic Routing Profile"
}

data "aws_connect_security_profile" "staff" {
  instance_id = aws_connect_instance.staff.id
  name        = "Agent"
}

data "aws_connect_user" "by_id" {
  instance_id = local.instance_id
  user_id     = aws_connect_user.ana.user_id
}

data "aws_connect_user" "by_name" {
  instance_id = local.instance_id
  name        = aws_connect_user.ana.name
}
