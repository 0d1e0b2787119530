"""A monitor for machines that send a byte now and then."""


def watch(machines, patience):
    """Who was lost, and how: [(name, 'left' or 'silent'), …] in the order of the losses."""
    raise NotImplementedError


if __name__ == '__main__':
    from driver import run
    print(run({'press': [[1, 2], 3], 'lathe': [[1.5], None]}, 2))
