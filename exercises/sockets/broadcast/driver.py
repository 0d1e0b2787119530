"""Members of a chat."""
import socket
import threading
import time

from exercise import run


def begin(number):
    """So many members, and the thread of the chat."""
    pairs = [socket.socketpair() for _ in range(number)]
    chat = threading.Thread(target=run, args=([theirs for _, theirs in pairs],))
    chat.start()
    return [ours for ours, _ in pairs], chat


def read(member, number):
    lines = member.makefile('r')
    return [lines.readline().strip() for _ in range(number)]


def end(members, chat):
    for member in members:
        member.shutdown(socket.SHUT_WR)
    chat.join()


def at_once():
    """What Ann and Bob read when both write."""
    members, chat = begin(2)
    for member, line in zip(members, ('tea', 'cake')):
        member.sendall(f'{line}\n'.encode())
    conversations = [read(member, 2) for member in members]
    end(members, chat)
    return conversations


def in_pieces():
    """What Bob reads when Ann's line comes in two pieces, and his own in between."""
    members, chat = begin(2)
    members[0].sendall(b'te')
    time.sleep(1)
    members[1].sendall(b'cake\n')
    time.sleep(1)
    members[0].sendall(b'a\n')
    lines = read(members[1], 2)
    end(members, chat)
    return lines


def one_leaves():
    """What Bob reads when Cid has left without reading."""
    members, chat = begin(3)
    members[0].sendall(b'hello Cid\n')
    lines = read(members[1], 1)
    read(members[0], 1)
    members.pop().close()
    members[0].sendall(b'are you there?\n')
    lines += read(members[1], 1)
    members[0].sendall(b'he is gone\n')
    lines += read(members[1], 1)
    end(members, chat)
    return lines
