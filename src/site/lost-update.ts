/** The program on the home page: two deposits, one of which vanishes when both are seen before either is written. */

export const LOST_UPDATE: Readonly<Record<string, string>> = {
  'bank.py': `import threading

balance = 0

def deposit(amount):
    global balance
    seen = balance
    balance = seen + amount

ann = threading.Thread(target=deposit, args=(20,), name="Ann")
ben = threading.Thread(target=deposit, args=(20,), name="Ben")
ann.start()
ben.start()
ann.join()
ben.join()

print('paid in 40, balance', balance)
`,
};
