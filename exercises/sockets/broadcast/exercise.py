"""A chat between members who are connected already."""
import socket
import threading


def run(connections):
    """What a member writes, all members read. Returns when all have left."""
    members = list(connections)

    def serve(member):
        for line in member.makefile('rb'):
            for other in members:
                other.sendall(line)
        members.remove(member)

    threads = [threading.Thread(target=serve, args=(member,)) for member in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == '__main__':
    ours, theirs = socket.socketpair()
    threading.Thread(target=run, args=([theirs],)).start()
    ours.sendall(b'hello\n')
    print(ours.recv(100))
    ours.shutdown(socket.SHUT_WR)
