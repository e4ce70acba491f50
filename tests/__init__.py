"""Tests of Gouji. `tests.building` makes filled forms for them."""
