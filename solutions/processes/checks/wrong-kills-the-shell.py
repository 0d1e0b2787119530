# expect: failed nothing is left
"""What the shell has started sleeps on."""
import signal
import subprocess
import time


def run_checks(commands, seconds):
    """Gives each command (a line for the shell) so many seconds. Their verdicts, in the order of the commands."""
    checks = [subprocess.Popen(command, shell=True) for command in commands]
    end = time.monotonic() + seconds
    return [verdict_on(check, end) for check in checks]


def verdict_on(check, end):
    try:
        code = check.wait(max(0, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        check.kill()
        check.wait()
        return 'too slow'
    if code == 0:
        return 'ok'
    return f'failed with {code}' if code > 0 else f'killed by {signal.Signals(-code).name}'
