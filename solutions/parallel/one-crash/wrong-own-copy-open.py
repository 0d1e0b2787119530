# expect: deadlock a crash costs one film only
"""The program holds a copy of each sending end, so no pipe ever ends."""
import multiprocessing
import os
import time

fork = multiprocessing.get_context('fork')


def library_convert(film):
    """Written in C; takes a second, and crashes now and then."""
    time.sleep(1)
    if 'broken' in film:
        os._exit(139)
    return len(film)


def convert(film, sender):
    """Runs in a process of its own."""
    sender.send(library_convert(film))


def convert_all(films):
    receivers, processes = {}, []
    for film in films:
        receivers[film], sender = fork.Pipe(duplex=False)
        process = fork.Process(target=convert, args=(film, sender))
        process.start()
        processes.append(process)
    sizes = {}
    for film, receiver in receivers.items():
        try:
            sizes[film] = receiver.recv()
        except EOFError:
            sizes[film] = None
    for process in processes:
        process.join()
    return sizes


if __name__ == '__main__':
    print(convert_all(['holiday', 'wedding']))
