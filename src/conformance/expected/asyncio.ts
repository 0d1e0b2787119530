/** What does not pass of CPython's tests of coroutines, generators and asyncio. */
const NO_TLS = "there is no TLS: Python's ssl for WebAssembly has its names, and nothing below them";
const NO_WATCHERS = '3.11: child watchers, which 3.14 removed';
const NO_LOOP = '3.11: since 3.14 get_event_loop makes no loop';
const OTHER_WORDS = '3.11: 3.14 says it in other words';
const SHORT_NAMES = "a file of the program's is named as the reader knows it, without its folder";
const OPTIONS_ONCE = '-E has no effect: options of the interpreter are read once, when the snapshot is made';
const NO_TESTCAPI = "CPython's module for testing itself is a door into raw memory";

export const ASYNCIO: Readonly<Record<string, string>> = {
  'test_asyncio.test_base_events.BaseEventLoopTests.test_create_named_task_with_custom_factory':
    '3.11: since 3.13.3 a factory of tasks is given the name',
  'test_asyncio.test_base_events.BaseEventLoopTests.test_env_var_debug': OPTIONS_ONCE,
  'test_asyncio.test_base_events.BaseEventLoopWithSelectorTests.test_create_datagram_endpoint_wrong_sock': OTHER_WORDS,
  'test_asyncio.test_base_events.BaseLoopSockSendfileTests.test__sock_sendfile_native_failure':
    '3.11: since 3.12 Server.wait_closed waits for its connections, of which the test closes one later',
  'test_asyncio.test_base_events.BaseLoopSockSendfileTests.test_sock_sendfile_no_fallback':
    '3.11: since 3.12 Server.wait_closed waits for its connections, of which the test closes one later',
  'test_asyncio.test_events.EPollEventLoopTests.test_create_server_ssl': NO_TLS,
  'test_asyncio.test_events.EPollEventLoopTests.test_create_server_ssl_match_failed': NO_TLS,
  'test_asyncio.test_events.EPollEventLoopTests.test_create_server_ssl_verified': NO_TLS,
  'test_asyncio.test_events.EPollEventLoopTests.test_create_server_ssl_verify_failed': NO_TLS,
  'test_asyncio.test_events.EPollEventLoopTests.test_create_ssl_connection': NO_TLS,
  'test_asyncio.test_events.EPollEventLoopTests.test_create_ssl_unix_connection': NO_TLS,
  'test_asyncio.test_events.EPollEventLoopTests.test_create_unix_server_ssl': NO_TLS,
  'test_asyncio.test_events.EPollEventLoopTests.test_create_unix_server_ssl_verified': NO_TLS,
  'test_asyncio.test_events.EPollEventLoopTests.test_create_unix_server_ssl_verify_failed': NO_TLS,
  'test_asyncio.test_events.EPollEventLoopTests.test_ssl_connect_accepted_socket': NO_TLS,
  'test_asyncio.test_events.HandleTests.test_handle_repr': '3.11: since 3.13 arguments are shown in debug mode only',
  'test_asyncio.test_events.HandleTests.test_handle_repr_debug': SHORT_NAMES,
  'test_asyncio.test_events.HandleTests.test_handle_source_traceback': SHORT_NAMES,
  'test_asyncio.test_events.PolicyTests.test_event_loop_policy': NO_WATCHERS,
  'test_asyncio.test_events.PolicyTests.test_get_event_loop': NO_LOOP,
  'test_asyncio.test_events.PolicyTests.test_get_event_loop_calls_set_event_loop': NO_LOOP,
  'test_asyncio.test_events.PollEventLoopTests.test_create_server_ssl': NO_TLS,
  'test_asyncio.test_events.PollEventLoopTests.test_create_server_ssl_match_failed': NO_TLS,
  'test_asyncio.test_events.PollEventLoopTests.test_create_server_ssl_verified': NO_TLS,
  'test_asyncio.test_events.PollEventLoopTests.test_create_server_ssl_verify_failed': NO_TLS,
  'test_asyncio.test_events.PollEventLoopTests.test_create_ssl_connection': NO_TLS,
  'test_asyncio.test_events.PollEventLoopTests.test_create_ssl_unix_connection': NO_TLS,
  'test_asyncio.test_events.PollEventLoopTests.test_create_unix_server_ssl': NO_TLS,
  'test_asyncio.test_events.PollEventLoopTests.test_create_unix_server_ssl_verified': NO_TLS,
  'test_asyncio.test_events.PollEventLoopTests.test_create_unix_server_ssl_verify_failed': NO_TLS,
  'test_asyncio.test_events.PollEventLoopTests.test_ssl_connect_accepted_socket': NO_TLS,
  'test_asyncio.test_events.SelectEventLoopTests.test_create_server_ssl': NO_TLS,
  'test_asyncio.test_events.SelectEventLoopTests.test_create_server_ssl_match_failed': NO_TLS,
  'test_asyncio.test_events.SelectEventLoopTests.test_create_server_ssl_verified': NO_TLS,
  'test_asyncio.test_events.SelectEventLoopTests.test_create_server_ssl_verify_failed': NO_TLS,
  'test_asyncio.test_events.SelectEventLoopTests.test_create_ssl_connection': NO_TLS,
  'test_asyncio.test_events.SelectEventLoopTests.test_create_ssl_unix_connection': NO_TLS,
  'test_asyncio.test_events.SelectEventLoopTests.test_create_unix_server_ssl': NO_TLS,
  'test_asyncio.test_events.SelectEventLoopTests.test_create_unix_server_ssl_verified': NO_TLS,
  'test_asyncio.test_events.SelectEventLoopTests.test_create_unix_server_ssl_verify_failed': NO_TLS,
  'test_asyncio.test_events.SelectEventLoopTests.test_ssl_connect_accepted_socket': NO_TLS,
  'test_asyncio.test_events.TestCGetEventLoop.test_get_event_loop_returns_running_loop2': NO_LOOP,
  'test_asyncio.test_events.TestPyGetEventLoop.test_get_event_loop_returns_running_loop2': NO_LOOP,
  'test_asyncio.test_events.TimerTests.test_timer_repr_debug': SHORT_NAMES,
  'test_asyncio.test_futures.CFutureTests.test_exception': '3.11: since 3.12 a StopIteration becomes a RuntimeError',
  'test_asyncio.test_futures.CFutureTests.test_future_source_traceback': SHORT_NAMES,
  'test_asyncio.test_futures.CSubFutureTests.test_exception': '3.11: since 3.12 a StopIteration becomes a RuntimeError',
  'test_asyncio.test_futures.CSubFutureTests.test_future_source_traceback': SHORT_NAMES,
  'test_asyncio.test_futures.PyFutureTests.test_exception': '3.11: since 3.12 a StopIteration becomes a RuntimeError',
  'test_asyncio.test_futures.PyFutureTests.test_future_source_traceback': SHORT_NAMES,
  'test_asyncio.test_futures2.FutureReprTests.test_recursive_repr_for_pending_tasks':
    '3.11: since 3.12 wait_for makes no task of its own',
  'test_asyncio.test_locks.BarrierTests.test_barrier': OTHER_WORDS,
  'test_asyncio.test_locks.LockTests.test_lock': OTHER_WORDS,
  'test_asyncio.test_locks.LockTests.test_lock_by_with_statement': OTHER_WORDS,
  'test_asyncio.test_locks.SemaphoreTests.test_semaphore': OTHER_WORDS,
  'test_asyncio.test_pep492.LockTests.test_context_manager_with_await': OTHER_WORDS,
  'test_asyncio.test_runners.RunTests.test_asyncio_run_only_coro':
    '3.11: since 3.14 asyncio.run takes whatever can be awaited, and says so',
  'test_asyncio.test_runners.RunnerTests.test_run_non_coro':
    '3.11: since 3.14 asyncio.run takes whatever can be awaited, and says so',
  'test_asyncio.test_selector_events.BaseSelectorEventLoopTests.test_accept_connection_multiple':
    '3.11: since 3.14 one connection more is accepted at a time',
  'test_asyncio.test_selector_events.BaseSelectorEventLoopTests.test_add_reader':
    '3.11: since 3.12 more is asked of a selector, which the test has replaced',
  'test_asyncio.test_selector_events.BaseSelectorEventLoopTests.test_add_reader_existing':
    '3.11: since 3.12 more is asked of a selector, which the test has replaced',
  'test_asyncio.test_selector_events.BaseSelectorEventLoopTests.test_add_reader_existing_writer':
    '3.11: since 3.12 more is asked of a selector, which the test has replaced',
  'test_asyncio.test_selector_events.BaseSelectorEventLoopTests.test_add_writer':
    '3.11: since 3.12 more is asked of a selector, which the test has replaced',
  'test_asyncio.test_selector_events.BaseSelectorEventLoopTests.test_add_writer_existing':
    '3.11: since 3.12 more is asked of a selector, which the test has replaced',
  'test_asyncio.test_selector_events.BaseSelectorEventLoopTests.test_make_socket_transport':
    '3.11: since 3.12 more is asked of a selector, which the test has replaced',
  'test_asyncio.test_selector_events.BaseSelectorEventLoopTests.test_make_ssl_transport_without_ssl_error':
    '3.11: since 3.12 more is asked of a selector, which the test has replaced',
  'test_asyncio.test_selector_events.BaseSelectorEventLoopTests.test_remove_reader':
    '3.11: since 3.12 more is asked of a selector, which the test has replaced',
  'test_asyncio.test_selector_events.BaseSelectorEventLoopTests.test_remove_reader_read_write':
    '3.11: since 3.12 more is asked of a selector, which the test has replaced',
  'test_asyncio.test_selector_events.BaseSelectorEventLoopTests.test_remove_reader_unknown':
    '3.11: since 3.12 more is asked of a selector, which the test has replaced',
  'test_asyncio.test_selector_events.BaseSelectorEventLoopTests.test_remove_writer':
    '3.11: since 3.12 more is asked of a selector, which the test has replaced',
  'test_asyncio.test_selector_events.BaseSelectorEventLoopTests.test_remove_writer_read_write':
    '3.11: since 3.12 more is asked of a selector, which the test has replaced',
  'test_asyncio.test_selector_events.BaseSelectorEventLoopTests.test_remove_writer_unknown':
    '3.11: since 3.12 more is asked of a selector, which the test has replaced',
  'test_asyncio.test_selector_events.SelectorDatagramTransportTests.test_sendto_no_data':
    '3.11: since 3.13 an empty datagram is sent',
  'test_asyncio.test_selector_events.SelectorSocketTransportTests.test_write_buffer':
    '3.11: since 3.12 a transport keeps what it has not sent in pieces',
  'test_asyncio.test_selector_events.SelectorSocketTransportTests.test_write_eof_buffer':
    '3.11: since 3.12 a transport keeps what it has not sent in pieces',
  'test_asyncio.test_selector_events.SelectorSocketTransportTests.test_write_no_data':
    '3.11: since 3.12 a transport keeps what it has not sent in pieces',
  'test_asyncio.test_selector_events.SelectorSocketTransportTests.test_write_partial':
    '3.11: since 3.12 a transport keeps what it has not sent in pieces',
  'test_asyncio.test_selector_events.SelectorSocketTransportTests.test_write_partial_bytearray':
    '3.11: since 3.12 a transport keeps what it has not sent in pieces',
  'test_asyncio.test_selector_events.SelectorSocketTransportTests.test_write_partial_memoryview':
    '3.11: since 3.12 a transport keeps what it has not sent in pieces',
  'test_asyncio.test_selector_events.SelectorSocketTransportTests.test_write_partial_none':
    '3.11: since 3.12 a transport keeps what it has not sent in pieces',
  'test_asyncio.test_selector_events.SelectorSocketTransportTests.test_write_ready':
    '3.11: since 3.12 a transport keeps what it has not sent in pieces',
  'test_asyncio.test_selector_events.SelectorSocketTransportTests.test_write_ready_closing':
    '3.11: since 3.12 a transport keeps what it has not sent in pieces',
  'test_asyncio.test_selector_events.SelectorSocketTransportTests.test_write_ready_exception':
    '3.11: since 3.12 a transport keeps what it has not sent in pieces',
  'test_asyncio.test_selector_events.SelectorSocketTransportTests.test_write_ready_partial':
    '3.11: since 3.12 a transport keeps what it has not sent in pieces',
  'test_asyncio.test_selector_events.SelectorSocketTransportTests.test_write_ready_partial_none':
    '3.11: since 3.12 a transport keeps what it has not sent in pieces',
  'test_asyncio.test_selector_events.SelectorSocketTransportTests.test_write_ready_tryagain':
    '3.11: since 3.12 a transport keeps what it has not sent in pieces',
  'test_asyncio.test_selector_events.SelectorSocketTransportTests.test_write_tryagain':
    '3.11: since 3.12 a transport keeps what it has not sent in pieces',
  'test_asyncio.test_selector_events.SelectorTransportTests.test_force_close':
    '3.11: since 3.12 a transport keeps what it has not sent in pieces',
  'test_asyncio.test_sendfile.EPollEventLoopTests.test_sendfile_ssl': NO_TLS,
  'test_asyncio.test_sendfile.EPollEventLoopTests.test_sendfile_ssl_close_peer_after_receiving': NO_TLS,
  'test_asyncio.test_sendfile.EPollEventLoopTests.test_sendfile_ssl_partial': NO_TLS,
  'test_asyncio.test_sendfile.EPollEventLoopTests.test_sendfile_ssl_pre_and_post_data': NO_TLS,
  'test_asyncio.test_sendfile.PollEventLoopTests.test_sendfile_ssl': NO_TLS,
  'test_asyncio.test_sendfile.PollEventLoopTests.test_sendfile_ssl_close_peer_after_receiving': NO_TLS,
  'test_asyncio.test_sendfile.PollEventLoopTests.test_sendfile_ssl_partial': NO_TLS,
  'test_asyncio.test_sendfile.PollEventLoopTests.test_sendfile_ssl_pre_and_post_data': NO_TLS,
  'test_asyncio.test_sendfile.SelectEventLoopTests.test_sendfile_ssl': NO_TLS,
  'test_asyncio.test_sendfile.SelectEventLoopTests.test_sendfile_ssl_close_peer_after_receiving': NO_TLS,
  'test_asyncio.test_sendfile.SelectEventLoopTests.test_sendfile_ssl_partial': NO_TLS,
  'test_asyncio.test_sendfile.SelectEventLoopTests.test_sendfile_ssl_pre_and_post_data': NO_TLS,
  'test_asyncio.test_streams.StreamTests.test_open_connection_no_loop_ssl': NO_TLS,
  'test_asyncio.test_streams.StreamTests.test_open_unix_connection_no_loop_ssl': NO_TLS,
  'test_asyncio.test_streams.StreamTests.test_start_tls': NO_TLS,
  'test_asyncio.test_subprocess.GenericWatcherTests.test_create_subprocess_fails_with_inactive_watcher': NO_WATCHERS,
  'test_asyncio.test_taskgroups.TestTaskGroup.test_taskgroup_no_create_task_after_failure':
    '3.11: since 3.12 a TaskGroup that ends makes no new tasks',
  'test_asyncio.test_tasks.CTaskSubclass_PyFuture_Tests.test_as_completed_coroutine_without_loop': NO_LOOP,
  'test_asyncio.test_tasks.CTaskSubclass_PyFuture_Tests.test_as_completed_invalid_args': OTHER_WORDS,
  'test_asyncio.test_tasks.CTaskSubclass_PyFuture_Tests.test_cancel_gather_1':
    '3.11: since 3.14 asyncio.run takes whatever can be awaited, and says so',
  'test_asyncio.test_tasks.CTask_CFuture_SubclassTests.test_as_completed_coroutine_without_loop': NO_LOOP,
  'test_asyncio.test_tasks.CTask_CFuture_SubclassTests.test_as_completed_invalid_args': OTHER_WORDS,
  'test_asyncio.test_tasks.CTask_CFuture_SubclassTests.test_cancel_gather_1':
    '3.11: since 3.14 asyncio.run takes whatever can be awaited, and says so',
  'test_asyncio.test_tasks.CTask_CFuture_Tests.test_as_completed_coroutine_without_loop': NO_LOOP,
  'test_asyncio.test_tasks.CTask_CFuture_Tests.test_as_completed_invalid_args': OTHER_WORDS,
  'test_asyncio.test_tasks.CTask_CFuture_Tests.test_cancel_gather_1':
    '3.11: since 3.14 asyncio.run takes whatever can be awaited, and says so',
  'test_asyncio.test_tasks.CTask_CFuture_Tests.test_task_source_traceback': SHORT_NAMES,
  'test_asyncio.test_tasks.CTask_PyFuture_Tests.test_as_completed_coroutine_without_loop': NO_LOOP,
  'test_asyncio.test_tasks.CTask_PyFuture_Tests.test_as_completed_invalid_args': OTHER_WORDS,
  'test_asyncio.test_tasks.CTask_PyFuture_Tests.test_cancel_gather_1':
    '3.11: since 3.14 asyncio.run takes whatever can be awaited, and says so',
  'test_asyncio.test_tasks.CTask_PyFuture_Tests.test_task_source_traceback': SHORT_NAMES,
  'test_asyncio.test_tasks.CoroutineGatherTests.test_env_var_debug': OPTIONS_ONCE,
  'test_asyncio.test_tasks.FutureGatherTests.test_env_var_debug': OPTIONS_ONCE,
  'test_asyncio.test_tasks.PyTask_CFutureSubclass_Tests.test_as_completed_coroutine_without_loop': NO_LOOP,
  'test_asyncio.test_tasks.PyTask_CFutureSubclass_Tests.test_as_completed_invalid_args': OTHER_WORDS,
  'test_asyncio.test_tasks.PyTask_CFutureSubclass_Tests.test_cancel_gather_1':
    '3.11: since 3.14 asyncio.run takes whatever can be awaited, and says so',
  'test_asyncio.test_tasks.PyTask_CFuture_Tests.test_as_completed_coroutine_without_loop': NO_LOOP,
  'test_asyncio.test_tasks.PyTask_CFuture_Tests.test_as_completed_invalid_args': OTHER_WORDS,
  'test_asyncio.test_tasks.PyTask_CFuture_Tests.test_cancel_gather_1':
    '3.11: since 3.14 asyncio.run takes whatever can be awaited, and says so',
  'test_asyncio.test_tasks.PyTask_CFuture_Tests.test_task_source_traceback': SHORT_NAMES,
  'test_asyncio.test_tasks.PyTask_PyFuture_SubclassTests.test_as_completed_coroutine_without_loop': NO_LOOP,
  'test_asyncio.test_tasks.PyTask_PyFuture_SubclassTests.test_as_completed_invalid_args': OTHER_WORDS,
  'test_asyncio.test_tasks.PyTask_PyFuture_SubclassTests.test_cancel_gather_1':
    '3.11: since 3.14 asyncio.run takes whatever can be awaited, and says so',
  'test_asyncio.test_tasks.PyTask_PyFuture_Tests.test_as_completed_coroutine_without_loop': NO_LOOP,
  'test_asyncio.test_tasks.PyTask_PyFuture_Tests.test_as_completed_invalid_args': OTHER_WORDS,
  'test_asyncio.test_tasks.PyTask_PyFuture_Tests.test_cancel_gather_1':
    '3.11: since 3.14 asyncio.run takes whatever can be awaited, and says so',
  'test_asyncio.test_tasks.PyTask_PyFuture_Tests.test_task_source_traceback': SHORT_NAMES,
  'test_asyncio.test_unix_events.AbstractChildWatcherTests.*': NO_WATCHERS,
  'test_asyncio.test_unix_events.BaseChildWatcherTests.*': NO_WATCHERS,
  'test_asyncio.test_unix_events.FastChildWatcherTests.*': NO_WATCHERS,
  'test_asyncio.test_unix_events.PolicyTests.test_child_watcher_replace_mainloop_existing': NO_WATCHERS,
  'test_asyncio.test_unix_events.PolicyTests.test_get_child_watcher_after_set': NO_WATCHERS,
  'test_asyncio.test_unix_events.PolicyTests.test_get_child_watcher_thread': NO_WATCHERS,
  'test_asyncio.test_unix_events.PolicyTests.test_get_default_child_watcher': NO_WATCHERS,
  'test_asyncio.test_unix_events.SafeChildWatcherTests.*': NO_WATCHERS,
  'test_asyncio.test_unix_events.SelectorEventLoopUnixSocketTests.test_create_unix_server_path_stream_bittype':
    "3.11: since 3.13 a server removes its socket's file",
  'test_asyncio.test_waitfor.AsyncioWaitForTest.test_wait_for_self_cancellation':
    '3.11: since 3.12 wait_for makes no task of its own',
  'test_contextlib_async.TestAsyncExitStack.test_exit_exception_traceback':
    '3.11: since 3.12 a line of contextlib is another',
  'test_coroutines.CAPITest.test_tp_await_1': NO_TESTCAPI,
  'test_coroutines.CAPITest.test_tp_await_2': NO_TESTCAPI,
  'test_coroutines.CAPITest.test_tp_await_3': NO_TESTCAPI,
  'test_coroutines.CoroutineTest.test_await_1': OTHER_WORDS,
  'test_coroutines.CoroutineTest.test_await_2': OTHER_WORDS,
  'test_coroutines.CoroutineTest.test_await_8': OTHER_WORDS,
  'test_coroutines.CoroutineTest.test_fatal_coro_warning':
    '3.11: since 3.13 what was at fault is in the err_msg of the hook, and its object is None',
  'test_coroutines.OriginTrackingTest.test_unawaited_warning_when_module_broken':
    '3.11: since 3.13 what was at fault is in the err_msg of the hook, and its object is None',
  'test_generators.FinalizationTest.test_refcycle': 'counts references, of which 3.14 makes fewer',
  'test_generators.__test__.pep': OTHER_WORDS,
  'test_generators.__test__.refleaks':
    '3.11: since 3.13 what was at fault is in the err_msg of the hook, and its object is None',
};
