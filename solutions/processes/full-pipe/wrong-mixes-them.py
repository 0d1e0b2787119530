# expect: failed a few words arrive
"""One pipe for both: nothing gets stuck, and nobody can tell a result from a complaint."""
import subprocess


def run_tool(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout, ''
