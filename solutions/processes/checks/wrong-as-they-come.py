# expect: failed every verdict is right
# concurrency: passes under round-robin
"""The verdicts are in the order in which the checks have ended."""
import os
import signal
import subprocess
import threading
import time


def run_checks(commands, seconds):
    """Gives each command (a line for the shell) so many seconds. Their verdicts, in the order of the commands."""
    verdicts = []
    end = time.monotonic() + seconds

    def check(command):
        started = subprocess.Popen(command, shell=True, start_new_session=True)
        verdicts.append(verdict_on(started, end))

    threads = [threading.Thread(target=check, args=(command,)) for command in commands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return verdicts


def verdict_on(check, end):
    try:
        code = check.wait(max(0, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        os.killpg(check.pid, signal.SIGKILL)
        check.wait()
        return 'too slow'
    if code == 0:
        return 'ok'
    return f'failed with {code}' if code > 0 else f'killed by {signal.Signals(-code).name}'
