/** What does not pass of CPython's tests of threads, locks and queues. */
export const THREADS: Readonly<Record<string, string>> = {
  'test_thread.ThreadRunningTests.test_unraisable_exception': "3.11: since 3.13 the thread's function is in the hook's err_msg and its object is None",
  'test_threading_local.PyThreadingLocalTest.test_threading_local_clear_race': '_testcapi starts a thread in C: there are none below the kernel',
  'test_threading_local.ThreadLocalTest.test_threading_local_clear_race': '_testcapi starts a thread in C: there are none below the kernel',
  'test_queue.CFailingQueueTest.test_failing_queue': 'the C module _queue is not there: it waits on locks that the kernel cannot see; queue has its own in Python',
  'test_queue.CLifoQueueTest.*': 'the C module _queue is not there: it waits on locks that the kernel cannot see; queue has its own in Python',
  'test_queue.CPriorityQueueTest.*': 'the C module _queue is not there: it waits on locks that the kernel cannot see; queue has its own in Python',
  'test_queue.CQueueTest.*': 'the C module _queue is not there: it waits on locks that the kernel cannot see; queue has its own in Python',
  'test_queue.CSimpleQueueTest.*': 'the C module _queue is not there: it waits on locks that the kernel cannot see; queue has its own in Python',
  'test_context.HamtTest.*': 'CPython itself skips it: the release build has no _testcapi.hamt',
};
