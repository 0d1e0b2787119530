"""Tools that say little, and tools that say much."""
from exercise import run_tool


def short(command):
    return list(run_tool(['sh', '-c', command]))


def long(command, kilobytes):
    """The exit code, and how many bytes came."""
    with open('long.txt', 'w') as file:
        file.write('a line of 31 letters and an end\n' * (32 * kilobytes))
    code, out, err = run_tool(['sh', '-c', command])
    return [code, len(out), len(err)]
