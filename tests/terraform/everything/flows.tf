locals {
  goodbye = {
    Identifier  = "goodbye"
    Type        = "DisconnectParticipant"
    Parameters  = {}
    Transitions = {}
  }
  failed = [{ NextAction = "goodbye", ErrorType = "NoMatchingError" }]
}

resource "aws_connect_contact_flow" "inbound" {
  instance_id = local.instance_id
  name        = var.revised ? "Inbound calls" : "Inbound"
  description = "The ${local.revision} revision"
  type        = "CONTACT_FLOW"
  tags        = { revision = local.revision }

  content = jsonencode({
    Version     = "2019-10-30"
    StartAction = "look-up"
    Actions = [
      {
        Identifier = "look-up"
        Type       = "InvokeLambdaFunction"
        Parameters = {
          LambdaFunctionARN          = aws_connect_lambda_function_association.lookup.function_arn
          InvocationTimeLimitSeconds = "3"
        }
        Transitions = { NextAction = "module", Errors = [{ NextAction = "greet", ErrorType = "NoMatchingError" }] }
      },
      {
        Identifier  = "module"
        Type        = "InvokeFlowModule"
        Parameters  = { FlowModuleId = aws_connect_contact_flow_module.apology.contact_flow_module_id }
        Transitions = { NextAction = "greet", Errors = local.failed }
      },
      {
        Identifier  = "greet"
        Type        = "MessageParticipant"
        Parameters  = { Text = "Welcome to the ${local.revision} revision" }
        Transitions = { NextAction = "support", Errors = local.failed }
      },
      {
        Identifier  = "support"
        Type        = "UpdateContactTargetQueue"
        Parameters  = { QueueId = aws_connect_queue.support.arn }
        Transitions = { NextAction = "wait", Errors = local.failed }
      },
      {
        Identifier = "wait"
        Type       = "TransferContactToQueue"
        Parameters = {}
        Transitions = {
          NextAction = "goodbye"
          Errors     = concat([{ NextAction = "goodbye", ErrorType = "QueueAtCapacity" }], local.failed)
        }
      },
      local.goodbye,
    ]
  })
}

resource "aws_connect_contact_flow" "transfer" {
  for_each = toset(["AGENT_TRANSFER", "QUEUE_TRANSFER", "OUTBOUND_WHISPER"])

  instance_id = local.instance_id
  name        = title(lower(replace(each.key, "_", " ")))
  type        = each.key

  content = jsonencode({
    Version     = "2019-10-30"
    StartAction = "say"
    Actions = [
      {
        Identifier  = "say"
        Type        = "MessageParticipant"
        Parameters  = { Text = "One moment" }
        Transitions = { NextAction = "goodbye", Errors = local.failed }
      },
      each.key == "OUTBOUND_WHISPER" ? merge(local.goodbye, { Type = "EndFlowExecution" }) : local.goodbye,
    ]
  })
}

resource "aws_connect_contact_flow_module" "apology" {
  instance_id = local.instance_id
  name        = "Apology"
  description = "The ${local.revision} revision"
  tags        = { revision = local.revision }

  content = jsonencode({
    Version     = "2019-10-30"
    StartAction = "sorry"
    Actions = [
      {
        Identifier  = "sorry"
        Type        = "MessageParticipant"
        Parameters  = { Text = "We are sorry, as in the ${local.revision} revision" }
        Transitions = { NextAction = "goodbye", Errors = local.failed }
      },
      local.goodbye,
    ]
    Settings = { InputParameters = [], OutputParameters = [], Transitions = [] }
  })
}

resource "aws_connect_contact_flow" "from_file" {
  instance_id  = local.instance_id
  name         = "From a file"
  filename     = "flow.json"
  content_hash = filebase64sha256("flow.json")

  lifecycle {
    ignore_changes = [content_hash, filename] # of this machine; the service knows the content
  }
}

data "aws_connect_contact_flow" "by_id" {
  instance_id     = local.instance_id
  contact_flow_id = aws_connect_contact_flow.inbound.contact_flow_id
}

data "aws_connect_contact_flow" "by_name" {
  instance_id = local.instance_id
  name        = aws_connect_contact_flow.inbound.name
}

data "aws_connect_contact_flow" "default" {
  instance_id = local.instance_id
  name        = "Default queue transfer"
}

data "aws_connect_contact_flow_module" "by_id" {
  instance_id            = local.instance_id
  contact_flow_module_id = aws_connect_contact_flow_module.apology.contact_flow_module_id
}

data "aws_connect_contact_flow_module" "by_name" {
  instance_id = local.instance_id
  name        = aws_connect_contact_flow_module.apology.name
}
