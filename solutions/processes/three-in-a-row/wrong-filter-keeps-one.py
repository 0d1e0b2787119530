# expect: deadlock every error is counted
"""The filter waits for the last writer to close, and is itself the last writer."""
import os


def count_errors(lines):
    """The number of lines that contain ERROR."""
    raw_out, raw_in = os.pipe()
    kept_out, kept_in = os.pipe()
    if os.fork() == 0:                          # the writer
        with open(raw_in, 'w') as raw:
            for line in lines:
                print(line, file=raw)
        os._exit(0)
    if os.fork() == 0:                          # the filter
        with open(raw_out) as raw, open(kept_in, 'w') as kept:
            for line in raw:
                if 'ERROR' in line:
                    print(line, file=kept, end='', flush=True)
        os._exit(0)
    os.close(raw_in)
    os.close(kept_in)
    with open(kept_out) as kept:                # the counter: this process
        number = len(kept.readlines())
    os.wait()
    os.wait()
    return number
