# expect: failed a few words arrive
# concurrency: passes under round-robin
"""A thread for each pipe, and nobody waits for them: the tool may have ended before they have read."""
import subprocess
import threading


def run_tool(command):
    tool = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    said = {'out': '', 'err': ''}

    def keep(name, pipe):
        said[name] = pipe.read()

    threading.Thread(target=keep, args=('out', tool.stdout)).start()
    threading.Thread(target=keep, args=('err', tool.stderr)).start()
    code = tool.wait()
    return code, said['out'], said['err']
