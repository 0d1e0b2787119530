"""Two clerks who write invoices."""
import threading

from exercise import Numbers


def office(clerks, each):
    """The numbers that each clerk got, and the last one."""
    numbers = Numbers()
    got = [[] for _ in range(clerks)]
    errors = []

    def clerk(place):
        try:
            for _ in range(each):
                got[place].append(numbers.next_number())
        except ValueError as error:
            errors.append(str(error))

    threads = [threading.Thread(target=clerk, args=(place,)) for place in range(clerks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise ValueError(errors[0])
    return {'got': got, 'last': numbers.last}
