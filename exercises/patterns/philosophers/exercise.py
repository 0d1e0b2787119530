"""Three philosophers, three forks."""
import threading

forks = [threading.Lock() for _ in range(3)]


def dine(seat):
    left = forks[seat]
    right = forks[(seat + 1) % 3]
    with left:
        with right:
            print(seat, 'eats')


names = ['Aspasia', 'Bacon', 'Confucius']
table = [threading.Thread(target=dine, args=(seat,), name=name) for seat, name in enumerate(names)]
for philosopher in table:
    philosopher.start()
for philosopher in table:
    philosopher.join()
print('everybody has eaten')
