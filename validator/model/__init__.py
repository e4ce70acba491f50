"""The records that the stages hand to each other.

They import nothing else of this package, and nothing here computes a verdict.
"""
