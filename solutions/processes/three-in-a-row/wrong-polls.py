# expect: failed every error is counted
# concurrency: passes under round-robin
"""Nothing there, and then the filter has ended: what it wrote in between is lost."""
import os
import time


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
    keeper = os.fork()
    if keeper == 0:                             # the filter
        with open(raw_out) as raw, open(kept_in, 'w') as kept:
            for line in raw:
                if 'ERROR' in line:
                    print(line, file=kept, end='', flush=True)
        os._exit(0)
    os.set_blocking(kept_out, False)            # kept_in is still open here, so there will be no end
    number = 0
    while True:
        try:
            number += os.read(kept_out, 1 << 16).count(b'\n')
        except BlockingIOError:
            if os.waitpid(keeper, os.WNOHANG)[0]:
                break
            time.sleep(0.1)
    os.wait()
    return number
