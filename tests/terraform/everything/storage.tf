resource "aws_s3_bucket" "recordings" {
  bucket = "terraform-recordings"
}

locals {
  key    = "arn:aws:kms:us-east-1:${local.account}:key/6f8a1c90-3b6f-4c8e-9d57-0c2b4a7e1d35"
  stream = "arn:aws:kinesis:us-east-1:${local.account}:stream"
}

resource "aws_connect_instance_storage_config" "recordings" {
  instance_id   = local.instance_id
  resource_type = "CALL_RECORDINGS"

  storage_config {
    storage_type = "S3"
    s3_config {
      bucket_name   = aws_s3_bucket.recordings.id
      bucket_prefix = "${local.revision}/recordings"
      dynamic "encryption_config" {
        for_each = var.revised ? [] : [local.key]
        content {
          encryption_type = "KMS"
          key_id          = encryption_config.value
        }
      }
    }
  }
}

resource "aws_connect_instance_storage_config" "files" {
  for_each = toset(["ATTACHMENTS", "CHAT_TRANSCRIPTS", "CONTACT_EVALUATIONS", "SCHEDULED_REPORTS", "SCREEN_RECORDINGS"])

  instance_id   = local.instance_id
  resource_type = each.key

  storage_config {
    storage_type = "S3"
    s3_config {
      bucket_name   = aws_s3_bucket.recordings.id
      bucket_prefix = lower(each.key)
    }
  }
}

resource "aws_connect_instance_storage_config" "agent_events" {
  instance_id   = local.instance_id
  resource_type = "AGENT_EVENTS"

  storage_config {
    storage_type = "KINESIS_STREAM"
    kinesis_stream_config {
      stream_arn = "${local.stream}/${local.revision}"
    }
  }
}

# From one type of storage to another.
resource "aws_connect_instance_storage_config" "contact_records" {
  instance_id   = local.instance_id
  resource_type = "CONTACT_TRACE_RECORDS"

  storage_config {
    storage_type = var.revised ? "KINESIS_STREAM" : "KINESIS_FIREHOSE"
    dynamic "kinesis_stream_config" {
      for_each = var.revised ? ["records"] : []
      content {
        stream_arn = "${local.stream}/${kinesis_stream_config.value}"
      }
    }
    dynamic "kinesis_firehose_config" {
      for_each = var.revised ? [] : ["records"]
      content {
        firehose_arn = "arn:aws:firehose:us-east-1:${local.account}:deliverystream/${kinesis_firehose_config.value}"
      }
    }
  }
}

resource "aws_connect_instance_storage_config" "media_streams" {
  instance_id   = local.instance_id
  resource_type = "MEDIA_STREAMS"

  storage_config {
    storage_type = "KINESIS_VIDEO_STREAM"
    kinesis_video_stream_config {
      prefix                 = "video"
      retention_period_hours = var.revised ? 24 : 3
      encryption_config {
        encryption_type = "KMS"
        key_id          = local.key
      }
    }
  }
}

data "aws_connect_instance_storage_config" "media_streams" {
  instance_id    = local.instance_id
  resource_type  = "MEDIA_STREAMS"
  association_id = aws_connect_instance_storage_config.media_streams.association_id
}
