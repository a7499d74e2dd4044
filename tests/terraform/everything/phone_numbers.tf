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

# One after the other: the provider claims the first number that a search finds, and two at once would find the same.
resource "aws_connect_phone_number" "toll_free" {
  depends_on = [aws_connect_phone_number.second]

  target_arn   = var.revised ? aws_connect_instance.staff.arn : data.aws_connect_instance.center.arn
  country_code = "US"
  type         = "TOLL_FREE"
}

resource "aws_connect_phone_number" "second" {
  target_arn   = aws_connect_instance.branch.arn
  country_code = "US"
  type         = "TOLL_FREE"
}
