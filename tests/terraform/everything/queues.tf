resource "aws_connect_hours_of_operation" "office" {
  instance_id = local.instance_id
  name        = var.revised ? "Office hours" : "Office"
  description = "The ${local.revision} revision"
  time_zone   = var.revised ? "Europe/Berlin" : "EST"
  tags        = { revision = local.revision }

  dynamic "config" {
    for_each = var.revised ? ["MONDAY", "TUESDAY", "WEDNESDAY"] : ["MONDAY", "SUNDAY"]
    content {
      day = config.value
      start_time {
        hours   = var.revised ? 9 : 0
        minutes = var.revised ? 30 : 0
      }
      end_time {
        hours   = 17
        minutes = 5
      }
    }
  }
}

data "aws_connect_hours_of_operation" "by_id" {
  instance_id           = local.instance_id
  hours_of_operation_id = aws_connect_hours_of_operation.office.hours_of_operation_id
}

data "aws_connect_hours_of_operation" "by_name" {
  instance_id = local.instance_id
  name        = aws_connect_hours_of_operation.office.name
}

data "aws_connect_hours_of_operation" "default" {
  instance_id = local.instance_id
  name        = "Basic Hours"
}

resource "aws_connect_queue" "support" {
  instance_id           = local.instance_id
  name                  = var.revised ? "Customer support" : "Support"
  description           = "The ${local.revision} revision"
  hours_of_operation_id = aws_connect_hours_of_operation.office.hours_of_operation_id
  max_contacts          = var.revised ? 25 : 0
  status                = var.revised ? "DISABLED" : "ENABLED"
  tags                  = { revision = local.revision }

  quick_connect_ids = var.revised ? [
    aws_connect_quick_connect.warehouse.quick_connect_id,
    aws_connect_quick_connect.billing.quick_connect_id,
  ] : [aws_connect_quick_connect.warehouse.quick_connect_id]

  outbound_caller_config {
    outbound_caller_id_name      = "The ${local.revision} revision"
    outbound_caller_id_number_id = aws_connect_phone_number.direct.id
    outbound_flow_id             = aws_connect_contact_flow.transfer["OUTBOUND_WHISPER"].contact_flow_id
  }
}

resource "aws_connect_queue" "billing" {
  instance_id           = local.instance_id
  name                  = "Billing"
  hours_of_operation_id = var.revised ? aws_connect_hours_of_operation.office.hours_of_operation_id : data.aws_connect_hours_of_operation.default.hours_of_operation_id
}

resource "aws_connect_queue" "languages" {
  count = 5

  instance_id           = local.instance_id
  name                  = "Language ${count.index}"
  hours_of_operation_id = data.aws_connect_hours_of_operation.default.hours_of_operation_id
}

data "aws_connect_queue" "by_id" {
  instance_id = local.instance_id
  queue_id    = aws_connect_queue.support.queue_id
}

data "aws_connect_queue" "by_name" {
  instance_id = local.instance_id
  name        = aws_connect_queue.support.name
}

data "aws_connect_queue" "default" {
  instance_id = local.instance_id
  name        = "BasicQueue"
}

resource "aws_connect_quick_connect" "warehouse" {
  instance_id = local.instance_id
  name        = var.revised ? "The warehouse" : "Warehouse"
  description = "The ${local.revision} revision"
  tags        = { revision = local.revision }

  quick_connect_config {
    quick_connect_type = "PHONE_NUMBER"
    phone_config {
      phone_number = var.revised ? "+442071838751" : "+442071838750"
    }
  }
}

resource "aws_connect_quick_connect" "billing" {
  instance_id = local.instance_id
  name        = "Billing"

  quick_connect_config {
    quick_connect_type = "QUEUE"
    queue_config {
      contact_flow_id = aws_connect_contact_flow.transfer["QUEUE_TRANSFER"].contact_flow_id
      queue_id        = aws_connect_queue.billing.queue_id
    }
  }
}

resource "aws_connect_quick_connect" "ana" {
  instance_id = local.instance_id
  name        = "Ana"

  quick_connect_config {
    quick_connect_type = "USER"
    user_config {
      contact_flow_id = aws_connect_contact_flow.transfer["AGENT_TRANSFER"].contact_flow_id
      user_id         = aws_connect_user.ana.user_id
    }
  }
}

# From one type to another.
resource "aws_connect_quick_connect" "night" {
  instance_id = local.instance_id
  name        = "At night"

  quick_connect_config {
    quick_connect_type = var.revised ? "QUEUE" : "PHONE_NUMBER"
    dynamic "phone_config" {
      for_each = var.revised ? [] : ["+442071838753"]
      content {
        phone_number = phone_config.value
      }
    }
    dynamic "queue_config" {
      for_each = var.revised ? [aws_connect_queue.billing.queue_id] : []
      content {
        contact_flow_id = aws_connect_contact_flow.transfer["QUEUE_TRANSFER"].contact_flow_id
        queue_id        = queue_config.value
      }
    }
  }
}

data "aws_connect_quick_connect" "by_id" {
  instance_id      = local.instance_id
  quick_connect_id = aws_connect_quick_connect.ana.quick_connect_id
}

data "aws_connect_quick_connect" "by_name" {
  instance_id = local.instance_id
  name        = aws_connect_quick_connect.warehouse.name
}

data "aws_connect_prompt" "beep" {
  instance_id = local.instance_id
  name        = "Beep.wav"
}
