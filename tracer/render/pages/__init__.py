"""Pages from templates: what a template is given, and how it is made of a view's sections."""
