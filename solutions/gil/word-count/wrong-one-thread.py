# expect: failed a thread for each page
"""Right, and without a single thread."""


def count(pages):
    counts = {}
    for page in pages:
        for word in page.split():
            counts[word] = counts.get(word, 0) + 1
    return counts
