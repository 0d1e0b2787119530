# expect: failed every error is counted
# concurrency: passes under round-robin
"""One read gets what is there, not all that will come."""
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
    os.close(raw_in)                            # now the writer alone can write there
    if os.fork() == 0:                          # the filter
        with open(raw_out) as raw, open(kept_in, 'w') as kept:
            for line in raw:
                if 'ERROR' in line:
                    print(line, file=kept, end='', flush=True)
        os._exit(0)
    os.close(kept_in)                           # and here the filter alone
    os.wait()                                   # one of them has ended
    number = os.read(kept_out, 1 << 20).count(b'\n')
    os.wait()
    return number
