# Somebody else has made this one, and most things are in it.
data "aws_connect_instance" "center" {
  instance_alias = "center"
}

data "aws_connect_instance" "center_by_id" {
  instance_id = local.instance_id
}

resource "aws_connect_instance" "branch" {
  identity_management_type       = "CONNECT_MANAGED"
  instance_alias                 = "terraform-branch"
  inbound_calls_enabled          = true
  outbound_calls_enabled         = var.revised
  contact_flow_logs_enabled      = var.revised
  contact_lens_enabled           = !var.revised
  early_media_enabled            = !var.revised
  multi_party_conference_enabled = var.revised
  tags                           = { revision = local.revision }
}

resource "aws_connect_instance" "staff" {
  identity_management_type         = "SAML"
  instance_alias                   = "terraform-staff"
  inbound_calls_enabled            = false
  outbound_calls_enabled           = true
  auto_resolve_best_voices_enabled = false
}

resource "aws_connect_instance" "directory" {
  identity_management_type = "EXISTING_DIRECTORY"
  directory_id             = "d-9067f1a2b3"
  inbound_calls_enabled    = true
  outbound_calls_enabled   = true

  lifecycle {
    ignore_changes = [directory_id] # the service does not show it
  }
}

# In an instance of its own configuration, so that the one has to be there before the other, and to go after it.
resource "aws_connect_hours_of_operation" "branch" {
  instance_id = aws_connect_instance.branch.id
  name        = "Branch"
  time_zone   = "UTC"

  config {
    day = "FRIDAY"
    start_time {
      hours   = 0
      minutes = 0
    }
    end_time {
      hours   = 23
      minutes = 59
    }
  }
}

data "aws_connect_instance" "branch" {
  instance_id = aws_connect_instance.branch.id
}
