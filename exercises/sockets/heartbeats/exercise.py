"""A monitor for machines that send a byte now and then."""


def watch(machines, patience):
    """Who was lost, and how: [(name, 'left' or 'silent'), …] in the order of the losses."""
    raise NotImplementedError
