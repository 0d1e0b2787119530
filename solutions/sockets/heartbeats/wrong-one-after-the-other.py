# expect: failed who leaves and who falls silent
"""Watches the first one as long as it lives, then the next one."""


def watch(machines, patience):
    losses = []
    for name, connection in machines.items():
        connection.settimeout(patience)
        how = 'left'
        try:
            while connection.recv(1024):
                pass
        except TimeoutError:
            how = 'silent'
        connection.close()
        losses.append((name, how))
    return losses
