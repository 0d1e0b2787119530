# expect: failed all at once, and nobody gets more time
"""Each waits for the one before."""
import signal
import subprocess


def run_checks(commands, seconds):
    verdicts = []
    for command in commands:
        try:
            code = subprocess.run(command, shell=True, timeout=seconds).returncode
        except subprocess.TimeoutExpired:
            verdicts.append('too slow')
            continue
        verdicts.append('ok' if code == 0 else f'failed with {code}' if code > 0 else f'killed by {signal.Signals(-code).name}')
    return verdicts
