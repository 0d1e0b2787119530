# expect: failed everybody reads the same
# concurrency: passes under round-robin
"""The list of members is guarded. The conversation is not."""
import threading


def run(connections):
    members = list(connections)
    lock = threading.Lock()

    def serve(member):
        try:
            for line in member.makefile('rb'):
                with lock:
                    others = list(members)
                for other in others:
                    try:
                        other.sendall(line)
                    except ConnectionError:
                        pass
        except ConnectionError:
            pass
        with lock:
            members.remove(member)

    threads = [threading.Thread(target=serve, args=(member,)) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
