"""Copies a folder with a pool, and says how far it is."""
import multiprocessing
import os

fork = multiprocessing.get_context('fork')


def copy_file(job):
    """Runs in a process of the pool."""
    name, source, target = job
    try:
        with open(os.path.join(source, name), 'rb') as old:
            content = old.read()
        with open(os.path.join(target, name), 'wb') as new:
            new.write(content)
    except OSError:
        return name, False
    return name, True


def copy_folder(source, target):
    """Returns the names that were copied, and those that were not."""
    os.mkdir(target)
    names = sorted(os.listdir(source))
    copied, failed = [], []
    with fork.Pool(2) as pool:
        jobs = [(name, source, target) for name in names]
        for name, good in pool.imap_unordered(copy_file, jobs):
            (copied if good else failed).append(name)
            print(len(copied) + len(failed), 'of', len(names))
        pool.close()
        pool.join()
    return sorted(copied), sorted(failed)


if __name__ == '__main__':
    os.mkdir('photos')
    for name in ('beach', 'hills'):
        with open(f'photos/{name}', 'w') as file:
            file.write(name)
    print(copy_folder('photos', 'copy of photos'))
