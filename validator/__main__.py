"""`python -m validator` is the same as `gouji`."""

from validator.cli import main

raise SystemExit(main())
