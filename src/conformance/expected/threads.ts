/** What does not pass of CPython's tests of threads, locks and queues. */
export const THREADS: Readonly<Record<string, string>> = {
  'test_thread.ThreadRunningTests.test_unraisable_exception':
    "3.11: since 3.13 the thread's function is in the hook's err_msg and its object is None",
  'test_threading.SubinterpThreadingTests.*': 'starts threads in a sub-interpreter: an interpreter here is a process',
  'test_threading.ThreadTests.test_PyThreadState_SetAsyncExc': 'needs ctypes.pythonapi, a door out of the sandbox',
  'test_threading.ThreadTests.test_disallow_instantiation': '3.11: since 3.13 _thread.lock can be called',
  'test_threading.ThreadTests.test_dummy_thread_after_fork': '3.11: since 3.12 fork warns of other threads on stderr',
  'test_threading.ThreadTests.test_finalize_running_thread': 'needs ctypes.pythonapi, a door out of the sandbox',
  'test_threading.ThreadTests.test_foreign_thread':
    '3.11: since 3.12 the stand-in for such a thread is forgotten when the thread ends',
  'test_threading.ThreadTests.test_fork_at_exit': '3.11: since 3.12 a process that ends cannot fork',
  'test_threading.ThreadTests.test_frame_tstate_tracing':
    '_testcapi starts a thread in C: there are none below the kernel',
  'test_threading.ThreadTests.test_ident_of_no_threading_threads':
    '3.11: since 3.12 the stand-in for such a thread is forgotten when the thread ends',
  'test_threading.ThreadTests.test_import_from_another_thread': 'threading is part of the snapshot: imported already',
  'test_threading.ThreadTests.test_limbo_cleanup': '3.11: replaces threading._start_new_thread, which 3.13 removed',
  'test_threading.ThreadTests.test_locals_at_exit':
    'needs objects to be destroyed at the end of the interpreter: its memory is thrown away as a whole',
  'test_threading.ThreadTests.test_main_thread_after_fork_from_nonmain_thread':
    '3.11: since 3.12 fork warns of other threads on stderr',
  'test_threading.ThreadTests.test_main_thread_during_shutdown':
    'needs objects to be destroyed at the end of the interpreter: its memory is thrown away as a whole',
  'test_threading.ThreadTests.test_shutdown_locks': '3.11: Thread._tstate_lock, which 3.13 removed',
  'test_threading.ThreadTests.test_tstate_lock': '3.11: Thread._tstate_lock, which 3.13 removed',
  'test_threading.ThreadTests.(end)': 'waits for the threads that test_shutdown_locks has left waiting when it failed',
  'test_queue.CFailingQueueTest.test_failing_queue':
    'the C module _queue is not there: it waits on locks that the kernel cannot see; queue has its own in Python',
  'test_queue.CLifoQueueTest.*':
    'the C module _queue is not there: it waits on locks that the kernel cannot see; queue has its own in Python',
  'test_queue.CPriorityQueueTest.*':
    'the C module _queue is not there: it waits on locks that the kernel cannot see; queue has its own in Python',
  'test_queue.CQueueTest.*':
    'the C module _queue is not there: it waits on locks that the kernel cannot see; queue has its own in Python',
  'test_queue.CSimpleQueueTest.*':
    'the C module _queue is not there: it waits on locks that the kernel cannot see; queue has its own in Python',
  'test_logging.HTTPHandlerTest.test_output':
    "its second half asks a server by HTTPS: Python's ssl for WebAssembly has its names, and nothing below them",
  'test_logging.MiscTestCase.test__all__': '3.11: logging.logAsyncioTasks came in 3.12, and is not in __all__',
  'test_logging.ModuleLevelMiscTest.test_logging_at_shutdown':
    'needs objects to be destroyed at the end of the interpreter: its memory is thrown away as a whole',
  'test_logging.ModuleLevelMiscTest.test_logging_at_shutdown_open':
    'needs objects to be destroyed at the end of the interpreter: its memory is thrown away as a whole',
  'test_logging.RotatingFileHandlerTest.test_should_rollover': '3.11: since 3.13 an empty log file is not rolled over',
  'test_logging.SMTPHandlerTest.test_basic': "the library's mail server was removed in 3.12",
};
