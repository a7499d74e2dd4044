"""Terraform's AWS provider against the server: `everything/` has all that the provider knows of Amazon Connect."""
