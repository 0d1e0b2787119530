"""Run a tool, and keep all that it says."""
import subprocess


def run_tool(command):
    """Its exit code, what it wrote, and what it complained about."""
    tool = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    code = tool.wait()
    return code, tool.stdout.read(), tool.stderr.read()


if __name__ == '__main__':
    print(run_tool(['ls', 'nowhere']))
