resource "aws_connect_vocabulary" "names" {
  instance_id   = local.instance_id
  name          = "Names"
  language_code = "en-US"
  content       = "Phrase\tIPA\tSoundsLike\tDisplayAs\nLos-Angeles\t\t\tLos Angeles\nF.B.I.\tɛ f b i aɪ\t\tFBI\n"
  tags          = { revision = local.revision }
}

data "aws_connect_vocabulary" "by_id" {
  instance_id   = local.instance_id
  vocabulary_id = aws_connect_vocabulary.names.vocabulary_id
}

data "aws_connect_vocabulary" "by_name" {
  instance_id = local.instance_id
  name        = aws_connect_vocabulary.names.name
}
