"""What is claimed about speed, measured against what people would use instead, in one command."""
