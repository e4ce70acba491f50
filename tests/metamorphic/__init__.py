"""Right documents, made at random, and rewritings that must not change what is true of them.

`pen` invents true values and writes them down as people do, `sheets` sets them; `prose`, `tables` and `forms` make documents.
`marks` moves one figure beyond rounding and finds it again, `rewritings` and `layouts` write a document another way, `cases`
puts a case together, judges it and makes a failing one small. `test_laws` holds the laws; `python -m tests.metamorphic` looks
for what breaks them.
"""
