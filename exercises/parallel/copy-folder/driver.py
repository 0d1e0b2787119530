"""A folder with two files, and something that cannot be read as one."""
import os

from exercise import copy_folder


def back_up(good, bad):
    os.mkdir('photos')
    for name in good:
        with open(f'photos/{name}', 'w') as file:
            file.write(f'picture of {name}')
    for name in bad:
        os.symlink('taken-away', f'photos/{name}')
    answer = copy_folder('photos', 'copy')
    contents = {name: open(f'copy/{name}').read() for name in good if os.path.exists(f'copy/{name}')}
    return {'answer': answer, 'copies': contents}
