/** The program on the home page: two deposits, one of which can vanish. */

export const LOST_UPDATE: Readonly<Record<string, string>> = {
  'bank.py': `import threading

balance = 0

def deposit(amount):
    global balance
    seen = balance
    balance = seen + amount

ann = threading.Thread(target=deposit, args=(100,))
ben = threading.Thread(target=deposit, args=(100,))
ann.start()
ben.start()
ann.join()
ben.join()

print('paid in 200, balance', balance)
`,
};
