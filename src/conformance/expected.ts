const NO_C_QUEUE =
  'the C module _queue is not there: it waits on locks that the kernel cannot see; queue has its own in Python';

/**
 * Every test of CPython's 3.11 files that does not pass here, and why that is right; `Class.*` stands for each of a class.
 * `Class.(end)` is the end of the run of a class's tests: its threads, and the interpreter's.
 */
export const EXPECTED: Readonly<Record<string, string>> = {
  'test_thread.TestForkInThread.test_forkinthread': 'forks: issue 4',
  'test_thread.ThreadRunningTests.test_unraisable_exception':
    "3.11: since 3.13 the thread's function is in the hook's err_msg and its object is None",
  'test_threading.AtexitTests.test_atexit_after_shutdown': 'runs Python in a subprocess: issue 4',
  'test_threading.AtexitTests.test_atexit_called_once': 'runs Python in a subprocess: issue 4',
  'test_threading.AtexitTests.test_atexit_output': 'runs Python in a subprocess: issue 4',
  'test_threading.SubinterpThreadingTests.*':
    'starts threads in a sub-interpreter: an interpreter here is a process, issue 4',
  'test_threading.ThreadJoinOnShutdown.test_1_join_on_shutdown': 'runs Python in a subprocess: issue 4',
  'test_threading.ThreadJoinOnShutdown.test_2_join_in_forked_process': 'runs Python in a subprocess: issue 4',
  'test_threading.ThreadJoinOnShutdown.test_3_join_in_forked_from_thread': 'runs Python in a subprocess: issue 4',
  'test_threading.ThreadJoinOnShutdown.test_4_daemon_threads': 'runs Python in a subprocess: issue 4',
  'test_threading.ThreadJoinOnShutdown.test_clear_threads_states_after_fork': 'forks: issue 4',
  'test_threading.ThreadTests.test_PyThreadState_SetAsyncExc': 'needs ctypes, a door out of the sandbox',
  'test_threading.ThreadTests.test_debug_deprecation': 'CPython itself skips it: no debug build',
  'test_threading.ThreadTests.test_disallow_instantiation': '3.11: since 3.13 _thread.lock can be called',
  'test_threading.ThreadTests.test_dummy_thread_after_fork': 'runs Python in a subprocess: issue 4',
  'test_threading.ThreadTests.test_finalization_shutdown': 'runs Python in a subprocess: issue 4',
  'test_threading.ThreadTests.test_finalize_running_thread': 'needs ctypes, a door out of the sandbox',
  'test_threading.ThreadTests.test_finalize_with_trace': 'runs Python in a subprocess: issue 4',
  'test_threading.ThreadTests.test_foreign_thread':
    '3.11: since 3.12 the stand-in for such a thread is forgotten when the thread ends',
  'test_threading.ThreadTests.test_fork_at_exit': 'runs Python in a subprocess: issue 4',
  'test_threading.ThreadTests.test_frame_tstate_tracing':
    '_testcapi starts a thread in C: there are none below the kernel',
  'test_threading.ThreadTests.test_ident_of_no_threading_threads':
    '3.11: since 3.12 the stand-in for such a thread is forgotten when the thread ends',
  'test_threading.ThreadTests.test_import_from_another_thread': 'runs Python in a subprocess: issue 4',
  'test_threading.ThreadTests.test_is_alive_after_fork': 'forks: issue 4',
  'test_threading.ThreadTests.test_join_nondaemon_on_shutdown': 'runs Python in a subprocess: issue 4',
  'test_threading.ThreadTests.test_limbo_cleanup': '3.11: replaces threading._start_new_thread, which 3.13 removed',
  'test_threading.ThreadTests.test_locals_at_exit': 'runs Python in a subprocess: issue 4',
  'test_threading.ThreadTests.test_main_thread_after_fork': 'runs Python in a subprocess: issue 4',
  'test_threading.ThreadTests.test_main_thread_after_fork_from_nonmain_thread': 'runs Python in a subprocess: issue 4',
  'test_threading.ThreadTests.test_main_thread_during_shutdown': 'runs Python in a subprocess: issue 4',
  'test_threading.ThreadTests.test_shutdown_locks': '3.11: Thread._tstate_lock, which 3.13 removed',
  'test_threading.ThreadTests.test_tstate_lock': '3.11: Thread._tstate_lock, which 3.13 removed',
  'test_threading.ThreadTests.(end)': 'waits for the threads that test_shutdown_locks has left waiting when it failed',
  'test_threading.ThreadingExceptionTests.test_print_exception': 'runs Python in a subprocess: issue 4',
  'test_threading.ThreadingExceptionTests.test_print_exception_stderr_is_none_1':
    'runs Python in a subprocess: issue 4',
  'test_threading.ThreadingExceptionTests.test_print_exception_stderr_is_none_2':
    'runs Python in a subprocess: issue 4',
  'test_threading.ThreadingExceptionTests.test_recursion_limit': 'runs Python in a subprocess: issue 4',
  'test_threading_local.PyThreadingLocalTest.test_threading_local_clear_race':
    '_testcapi starts a thread in C: there are none below the kernel',
  'test_threading_local.ThreadLocalTest.test_threading_local_clear_race':
    '_testcapi starts a thread in C: there are none below the kernel',
  'test_threadsignals.ThreadSignals.*': 'signals between processes, and signal.alarm: issue 4',
  'test_queue.CFailingQueueTest.*': NO_C_QUEUE,
  'test_queue.CLifoQueueTest.*': NO_C_QUEUE,
  'test_queue.CPriorityQueueTest.*': NO_C_QUEUE,
  'test_queue.CQueueTest.*': NO_C_QUEUE,
  'test_queue.CSimpleQueueTest.*': NO_C_QUEUE,
  'test_context.HamtTest.*': 'CPython itself skips it: the release build has no _testcapi.hamt',
  'test_concurrent_futures.ThreadPoolExecutorTest.test_hang_global_shutdown_lock': 'uses a process pool: issue 4',
  'test_concurrent_futures.ThreadPoolShutdownTest.test_cancel_futures_wait_false':
    'runs Python in a subprocess: issue 4',
  'test_concurrent_futures.ThreadPoolShutdownTest.test_hang_gh83386': 'runs Python in a subprocess: issue 4',
  'test_concurrent_futures.ThreadPoolShutdownTest.test_interpreter_shutdown': 'runs Python in a subprocess: issue 4',
  'test_concurrent_futures.ThreadPoolShutdownTest.test_submit_after_interpreter_shutdown':
    'runs Python in a subprocess: issue 4',
  'test_logging.ConfigDictTest.test_listen_config_10_ok': 'sockets: issue 5',
  'test_logging.ConfigDictTest.test_listen_config_1_ok': 'sockets: issue 5',
  'test_logging.ConfigDictTest.test_listen_verify': 'sockets: issue 5',
  'test_logging.DatagramHandlerTest.test_output': 'sockets: issue 5',
  'test_logging.HTTPHandlerTest.test_output': 'sockets: issue 5',
  'test_logging.HandlerTest.test_builtin_handlers': 'Unix sockets: issue 5',
  'test_logging.HandlerTest.test_post_fork_child_no_deadlock': 'forks: issue 4',
  'test_logging.IPv6SysLogHandlerTest.*': 'sockets: issue 5',
  'test_logging.LogRecordTest.test_multiprocessing': 'multiprocessing: issue 4',
  'test_logging.MiscTestCase.test__all__': '3.11: logging.logAsyncioTasks came in 3.12, and is not in __all__',
  'test_logging.ModuleLevelMiscTest.test_logging_at_shutdown': 'runs Python in a subprocess: issue 4',
  'test_logging.ModuleLevelMiscTest.test_logging_at_shutdown_open': 'runs Python in a subprocess: issue 4',
  'test_logging.ModuleLevelMiscTest.test_recursion_error': 'runs Python in a subprocess: issue 4',
  'test_logging.NTEventLogHandlerTest.test_basic': 'CPython itself skips it: Windows only',
  'test_logging.QueueListenerTest.test_handle_called_with_mp_queue': 'multiprocessing: issue 4',
  'test_logging.QueueListenerTest.test_no_messages_in_queue_after_stop': 'multiprocessing: issue 4',
  'test_logging.RotatingFileHandlerTest.test_should_rollover': '3.11: since 3.13 an empty log file is not rolled over',
  'test_logging.SMTPHandlerTest.test_basic': "the library's mail server was removed in 3.12; sockets: issue 5",
  'test_logging.SocketHandlerTest.*': 'sockets: issue 5',
  'test_logging.SysLogHandlerTest.*': 'sockets: issue 5',
  'test_logging.UnixDatagramHandlerTest.*': 'Unix sockets: issue 5',
  'test_logging.UnixSocketHandlerTest.*': 'Unix sockets: issue 5',
  'test_logging.UnixSysLogHandlerTest.*': 'Unix sockets: issue 5',
};
