"""Philosophers who have numbered their forks."""
import threading

SEATS = 3
forks = [threading.Lock() for _ in range(SEATS)]
meals = [0] * SEATS


def eat(seat):
    left, right = seat, (seat + 1) % SEATS
    # begin
    meals[seat] += 1
    first, second = left, right
    with forks[second]:
    first, second = sorted((left, right))
    with forks[first]:
    # end


def dinner():
    table = [threading.Thread(target=eat, args=(seat,)) for seat in range(SEATS)]
    for philosopher in table:
        philosopher.start()
    for philosopher in table:
        philosopher.join()
    return meals


if __name__ == '__main__':
    print(dinner())
