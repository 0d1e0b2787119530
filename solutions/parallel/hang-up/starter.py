"""Readings from a process, until it hangs up."""
import multiprocessing

fork = multiprocessing.get_context('fork')


def measure(sender, readings):
    for reading in readings:
        sender.send(reading)


def read_all(readings):
    """The readings that a process sends before it ends, in a list."""
    got = []
    receiver, sender = fork.Pipe(duplex=False)
    # begin
    except EOFError:
    sender.close()
    process.join()
    process.start()
    while True:
    try:
    got.append(receiver.recv())
    receiver.close()
    process = fork.Process(target=measure, args=(sender, readings))
    # end
    return got


if __name__ == '__main__':
    print(read_all([20.5, 21.0]))
