"""A thread feeds the meter while a report is made."""
import threading
import warnings

from exercise import Meter, report

warnings.simplefilter('ignore')         # os.fork() says that there are threads; we know


def one_report():
    meter = Meter(10)
    feeder = threading.Thread(target=meter.add, args=(10,), name='Feeder')
    feeder.start()
    text = report(meter)
    feeder.join()
    meter.add(10)
    return [text, str(meter.mean()), meter.number]
