resource "aws_connect_lambda_function_association" "lookup" {
  instance_id  = local.instance_id
  function_arn = "arn:aws:lambda:us-east-1:${local.account}:function:lookup"
}

data "aws_connect_lambda_function_association" "lookup" {
  instance_id  = local.instance_id
  function_arn = aws_connect_lambda_function_association.lookup.function_arn
}

resource "aws_connect_bot_association" "orders" {
  instance_id = local.instance_id

  lex_bot {
    lex_region = "us-west-2"
    name       = "Orders"
  }
}

data "aws_connect_bot_association" "orders" {
  instance_id = aws_connect_bot_association.orders.instance_id

  lex_bot {
    lex_region = "us-west-2"
    name       = "Orders"
  }
}
