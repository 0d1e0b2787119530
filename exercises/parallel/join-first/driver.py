"""A publisher, who only wants to know how long the chapters are."""
from exercise import typeset


def publish(lengths):
    return sorted((number, text.count('\n')) for number, text in typeset(lengths).items())
