"""`python -m tests.accuracy`: print precision and recall of the rules of prose."""

from tests.accuracy.measure import main

raise SystemExit(main())
