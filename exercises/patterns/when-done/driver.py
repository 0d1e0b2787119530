"""Jobs, and those who wait for them."""
from exercise import Task


def calculate(rounds):
    """Takes long, and touches nothing that another thread uses."""
    total = 0
    for letter in list('a long calculation' * rounds):
        total = (total * 31 + ord(letter)) % 65521
    return total


def long_job():
    """How often the callback was called."""
    calls = []
    task = Task(lambda: calculate(12))
    task.when_done(lambda task: calls.append(task.done))
    task.thread.join()
    return calls


def short_job():
    calls = []
    task = Task(lambda: 42)
    task.when_done(lambda task: calls.append(task.value))
    task.thread.join()
    task.when_done(lambda task: calls.append(task.value))
    return calls


def failing_job():
    calls = []
    task = Task(lambda: int('x'))
    task.when_done(lambda task: calls.append(type(task.error).__name__))
    task.thread.join()
    return calls
