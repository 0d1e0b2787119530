"""A day in the warehouse."""
import threading

from exercise import Warehouse


def print_label(lines):
    """Takes long, and touches nothing that another thread uses."""
    total = 0
    for letter in list('a line of a label ' * lines):
        total = (total * 31 + ord(letter)) % 65521
    return total


def at_once(*jobs):
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def take_and_undo():
    warehouse = Warehouse(3)
    warehouse.take('Ann')
    answers = {}

    def customer():
        answers['undone'] = warehouse.undo('Ann')

    def clerk():
        print_label(10)
        answers['taken'] = warehouse.take('Bob')

    at_once(customer, clerk)
    return {**answers, 'pieces': warehouse.pieces, 'journal': warehouse.journal}


def audit_meanwhile():
    warehouse = Warehouse(3)
    warehouse.take('Ann')
    counted = []

    def auditor():
        print_label(10)
        counted.append(warehouse.audit())

    at_once(lambda: warehouse.undo('Ann'), auditor)
    return counted
