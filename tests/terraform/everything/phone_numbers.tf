resource "aws_connect_phone_number" "direct" {
  target_arn   = data.aws_connect_instance.center.arn
  country_code = "GB"
  type         = "DID"
  prefix       = "+4420"
  description  = "Direct"
  tags         = { revision = local.revision }

  lifecycle {
    ignore_changes = [prefix] # what the number was found by, which nobody can read later
  }
}

resource "aws_connect_phone_number" "toll_free" {
  target_arn   = var.revised ? aws_connect_instance.staff.arn : data.aws_connect_instance.center.arn
  country_code = "US"
  type         = "TOLL_FREE"
}
