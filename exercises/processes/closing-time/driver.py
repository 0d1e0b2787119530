"""A worker process, and somebody who stops it."""
import os
import signal
import time

from exercise import serve


def worker(orders, seconds):
    """Starts it. Each charge and each shipment takes so long. Its pid, and a pipe on which it tells what it has done."""
    out, into = os.pipe()
    pid = os.fork()
    if pid > 0:
        os.close(into)
        return pid, open(out)
    code = 1
    try:
        def step(done):
            def take(order):
                if seconds:
                    time.sleep(seconds)
                os.write(into, f'{done} {order}\n'.encode())
            return take

        serve(orders, step('charged'), step('shipped'))
        code = 0
    except SystemExit as leave:
        code = leave.code or 0
    finally:
        os._exit(code)


def end(pid, lines, said=''):
    """What it has said, and how it ended."""
    said = (said + lines.read()).split('\n')[:-1]
    status = os.waitpid(pid, 0)[1]
    return {
        'charged': [line.split()[1] for line in said if line.startswith('charged')],
        'shipped': [line.split()[1] for line in said if line.startswith('shipped')],
        'ended': os.waitstatus_to_exitcode(status),
    }


def stop_after_first_charge(orders):
    pid, lines = worker(orders, 0)
    said = lines.readline()
    os.kill(pid, signal.SIGTERM)
    return end(pid, lines, said)


def stop_at(orders, seconds):
    pid, lines = worker(orders, 1)
    time.sleep(seconds)
    os.kill(pid, signal.SIGTERM)
    return end(pid, lines)


def never_stop(orders):
    return end(*worker(orders, 0))
