"""The arithmetic of aspirations: numpy in, numpy or dataclasses out.

Nothing here knows Django, a clock or settings; `as_of` and the policy are arguments.
"""
