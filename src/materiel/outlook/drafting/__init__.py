"""A scenario drafted from what a register says: flows, orders, promises and figures with their evidence, and blanks.

Nothing is invented: a number stands in the draft because an entry tells it, and where the model needs one that no entry
tells, there is a blank that says what is asked for. :mod:`told` is what it is made of, :mod:`drafting` puts it together
(:mod:`sorting`, :mod:`flows`, :mod:`promises`, :mod:`figures`, :mod:`naming`), :mod:`text` writes it as YAML.
"""
