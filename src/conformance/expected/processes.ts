/** What does not pass of CPython's tests of processes, signals and what they share. */
export const PROCESSES: Readonly<Record<string, string>> = {
  'test_multiprocessing_fork.OtherTest.test_answer_challenge_auth_failure':
    '3.11: multiprocessing.connection.CHALLENGE, which 3.12 renamed',
  'test_multiprocessing_fork.TestResourceTracker.test_resource_tracker':
    '3.11: does not know the kind of resource "dummy", which 3.13 has added',
  'test_multiprocessing_fork.TestStartMethod.test_get_all': '3.11: since 3.14 forkserver comes first',
  'test_multiprocessing_fork.WithManagerTestRemoteManager.test_remote':
    'expects time.sleep to be a C function that xmlrpc cannot send: here it is an object of Python',
  'test_multiprocessing_fork._TestImportStar.test_import':
    'lists the files of multiprocessing in its folder: the library is in a zip file',
  'test_multiprocessing_spawn.OtherTest.test_answer_challenge_auth_failure':
    '3.11: multiprocessing.connection.CHALLENGE, which 3.12 renamed',
  'test_multiprocessing_spawn.TestResourceTracker.test_resource_tracker':
    '3.11: does not know the kind of resource "dummy", which 3.13 has added',
  'test_multiprocessing_spawn.TestStartMethod.test_get_all': '3.11: since 3.14 forkserver comes first',
  'test_multiprocessing_spawn._TestImportStar.test_import':
    'lists the files of multiprocessing in its folder: the library is in a zip file',
  'test_multiprocessing_forkserver.OtherTest.test_answer_challenge_auth_failure':
    '3.11: multiprocessing.connection.CHALLENGE, which 3.12 renamed',
  'test_multiprocessing_forkserver.TestResourceTracker.test_resource_tracker':
    '3.11: does not know the kind of resource "dummy", which 3.13 has added',
  'test_multiprocessing_forkserver.TestResourceTracker.test_resource_tracker_reused':
    '3.11: since 3.14 the test module itself begins a tracker where it is preloaded, as forkserver is the default',
  'test_multiprocessing_forkserver.TestStartMethod.test_get_all': '3.11: since 3.14 forkserver comes first',
  'test_multiprocessing_forkserver._TestImportStar.test_import':
    'lists the files of multiprocessing in its folder: the library is in a zip file',
  'test_multiprocessing_main_handling.ForkCmdLineTest.test_directory_compiled':
    'compiled files (.pyc) are neither written nor run',
  'test_multiprocessing_main_handling.ForkCmdLineTest.test_package_compiled':
    'compiled files (.pyc) are neither written nor run',
  'test_multiprocessing_main_handling.ForkCmdLineTest.test_script_compiled':
    'compiled files (.pyc) are neither written nor run',
  'test_multiprocessing_main_handling.ForkServerCmdLineTest.test_directory_compiled':
    'compiled files (.pyc) are neither written nor run',
  'test_multiprocessing_main_handling.ForkServerCmdLineTest.test_package_compiled':
    'compiled files (.pyc) are neither written nor run',
  'test_multiprocessing_main_handling.ForkServerCmdLineTest.test_script_compiled':
    'compiled files (.pyc) are neither written nor run',
  'test_multiprocessing_main_handling.SpawnCmdLineTest.test_directory_compiled':
    'compiled files (.pyc) are neither written nor run',
  'test_multiprocessing_main_handling.SpawnCmdLineTest.test_package_compiled':
    'compiled files (.pyc) are neither written nor run',
  'test_multiprocessing_main_handling.SpawnCmdLineTest.test_script_compiled':
    'compiled files (.pyc) are neither written nor run',
  'test_subprocess.POSIXProcessTestCase.test_close_fds_when_max_fd_is_lowered':
    'lowers a limit with the module resource, which Python for WebAssembly does not have',
  'test_subprocess.POSIXProcessTestCase.test_fork_exec_sorted_fd_sanity_check':
    '3.11: since 3.14 _posixsubprocess.fork_exec takes an argument less',
  'test_subprocess.ProcessTestCase.test__use_vfork': '3.11: subprocess._USE_VFORK, which 3.14 removed',
  'test_subprocess.ProcessTestCaseNoPoll.test__use_vfork': '3.11: subprocess._USE_VFORK, which 3.14 removed',
  'test_subprocess.RunFuncTestCase.test_encoding_warning':
    '-X warn_default_encoding has no effect: options of the interpreter are read once, when the snapshot is made',
  'test_fork1.ForkTest.test_threaded_import_lock_fork':
    'fork does not wait until other threads have ended their imports',
  'test_signal.GenericTests.test_functions_module_attr':
    "the shims of _signal's C functions are functions of Python, which the test does not take for built-in ones",
  'test_signal.ItimerTest.test_itimer_prof':
    'the machine counts no processor time of a process, and its tick is SIGVTALRM',
  'test_signal.ItimerTest.test_itimer_virtual':
    'the machine counts no processor time of a process, and its tick is SIGVTALRM',
  'test_signal.SiginterruptTest.test_siginterrupt_off':
    'signal.siginterrupt has no effect: a call that waits is interrupted by every handler',
};
