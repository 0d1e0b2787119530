# expect: deadlock long complaints arrive
"""Reads the output to its end while the complaints fill their pipe."""
import subprocess


def run_tool(command):
    tool = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out = tool.stdout.read()
    err = tool.stderr.read()
    return tool.wait(), out, err
