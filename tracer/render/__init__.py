"""Pages and traces in the formats that people open: text, Markdown, JSON, CSV."""
