"""What a fork copies along with everything else."""
import os

print('open', end=' ')
pid = os.fork()
if pid == 0:
    print('child', flush=True)
    os._exit(0)
print('parent')
os.waitpid(pid, 0)
print('end')
