"""Asks for the checks, and then looks at what is still there."""
import subprocess

from exercise import run_checks


def checks(commands, seconds):
    return run_checks(commands, seconds)


def left_by(commands, seconds):
    """The commands that are still running afterwards, or were never waited for."""
    verdicts = run_checks(commands, seconds)
    table = subprocess.run(['ps', '-e', '-o', 'args'], stdout=subprocess.PIPE, text=True).stdout.splitlines()
    return [verdicts, [line for line in table if 'sleep' in line or 'defunct' in line]]
