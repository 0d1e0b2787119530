"""A writer, and somebody who closes the mailbox."""
import threading

from exercise import Mailbox


def say_goodbye(lines):
    """Takes long, and touches nothing that another thread uses."""
    total = 0
    for letter in list('so long, and thank' * lines):
        total = (total * 31 + ord(letter)) % 65521
    return total


def busy_day():
    """What was accepted, and what was read."""
    mailbox, accepted = Mailbox(), []
    mailbox.put('first')

    def writer():
        if mailbox.put('second'):
            accepted.append('second')

    thread = threading.Thread(target=writer, name='Writer')
    thread.start()
    say_goodbye(12)
    mailbox.close()
    read = mailbox.read_all()
    thread.join()
    return [['first', *accepted], read]


def closed():
    mailbox = Mailbox()
    answers = [mailbox.put('early')]
    mailbox.close()
    answers.append(mailbox.put('late'))
    return [answers, mailbox.read_all()]
