/** The program on the home page: ten deposits, some of which vanish in about every second run. */

export const LOST_UPDATE: Readonly<Record<string, string>> = {
  'bank.py': `import threading

balance = 0

def deposit(amount):
    global balance
    for _ in range(5):
        seen = balance
        balance = seen + amount

ann = threading.Thread(target=deposit, args=(20,))
ben = threading.Thread(target=deposit, args=(20,))
ann.start()
ben.start()
ann.join()
ben.join()

print('paid in 200, balance', balance)
`,
};
