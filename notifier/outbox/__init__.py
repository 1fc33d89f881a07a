"""Alerts and notices we owe, and how far each is on its way.

Every alert of a committed transaction reaches each of its targets at least once, or ends `parked`
or `unsure`, where its owner sees it, or `dropped` by that owner. It comes twice only if the process
died, or an answer was lost, after the target had accepted it.
"""
