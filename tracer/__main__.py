"""The command line under the package's own name: ``python -m tracer``."""

from tracer.cli.main import main

if __name__ == "__main__":
    main()
