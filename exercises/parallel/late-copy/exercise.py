"""A list that is changed after it has been put into a queue."""
import multiprocessing

queue = multiprocessing.get_context('fork').Queue()
order = ['tea']
queue.put(order)
order.append('cake')
print(*queue.get())
