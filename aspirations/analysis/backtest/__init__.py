"""How well the rules would have foretold what then happened, on a system's own figures.

`trials` are paths whose end is known, agreed ones or ones from `draws`; `records` keep what the
rules said on the way; `scores` and `sections` compare that with the end. `learning` asks which
promise parameters the system's own ended paths support. Nothing is stored, and nothing is tuned
on what is reported.
"""
