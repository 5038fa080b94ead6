"""What can be done at a desk: one file a verb, each owning its transaction.

A verb takes a command (a frozen dataclass: what is wanted, by whom) and `Services`, and gives back what happened.
Nothing is half done: rows of the timeline, promises and outward acts are committed together.
"""
