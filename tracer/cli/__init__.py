"""The command line: commands that parse, call and print; nothing else imports them."""
