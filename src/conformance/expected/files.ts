/** What does not pass of CPython's tests of files, descriptors and paths. */
export const FILES: Readonly<Record<string, string>> = {
  'test_os.OSErrorTests.test_oserror_filename': '3.11: since 3.14 a path may not be a bytearray',
  'test_os.Pep383Tests.test_listdir': 'a file name here is text: bytes that are no UTF-8 become U+FFFD',
  'test_os.TestInvalidFD.test_fpathconf': 'pathconf does not look whether its descriptor is open',
  'test_os.TestScandir.test_bytes_like': '3.11: since 3.14 a path may not be a bytearray',
  'test_posix.PosixTester.test_listdir_bytes_like': '3.11: since 3.14 a path may not be a bytearray',
  'test_posix.PosixTester.test_stat': '3.11: since 3.14 a path may not be a bytearray',
  'test_posix.TestPosixSpawn.test_resetids_wrong_type': '3.11: since 3.12 resetids may be anything',
  'test_posix.TestPosixSpawnP.test_resetids_wrong_type': '3.11: since 3.12 resetids may be anything',
  'test_mmap.MmapTests.test_basic':
    'mmap.resize: memory that is mapped cannot move, and a shared mapping of a file cannot grow',
  'test_mmap.MmapTests.test_offset':
    'mmap.resize: memory that is mapped cannot move, and a shared mapping of a file cannot grow',
  'test_mmap.MmapTests.test_resize_past_pos':
    'mmap.resize: memory that is mapped cannot move, and a shared mapping of a file cannot grow',
  'test_fcntl.TestFcntl.test_fcntl_64_bit': 'F_NOTIFY: nobody is told of changes in a folder',
  'test_shutil.PublicAPITests.test_module_all_attribute': '3.11: shutil.ExecError, which 3.14 removed',
  'test_shutil.TestRmTree.test_rmtree_uses_safe_fd_version_if_available':
    '3.11: replaces a function that 3.13 does not call',
  'test_posixpath.PosixPathTest.test_realpath_symlink_loops':
    '3.11: since 3.13 a loop of links is resolved as far as it goes',
};
