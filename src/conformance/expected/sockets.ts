/** What does not pass of CPython's tests of sockets, and of waiting for several things at once. */
export const SOCKETS: Readonly<Record<string, string>> = {
  'test_selectors.SelectSelectorTestCase.test_modify_unregister': 'CPython itself skips it, without a word, for select',
  'test_socket.BasicUDPLITETest.*': 'there is no UDP Lite',
  'test_socket.GeneralModuleTests.testNtoHErrors': '3.11: since 3.14 a negative number is a ValueError',
  'test_socket.GeneralModuleTests.testRefCountGetNameInfo':
    'counts references in a C function: the shim is one of Python',
  'test_socket.GeneralModuleTests.test_idna': 'asks a name server of the Internet, with nntplib, which 3.13 removed',
  'test_socket.RecvmsgIntoUDPLITETest.*': 'there is no UDP Lite',
  'test_socket.RecvmsgUDPLITETest.*': 'there is no UDP Lite',
  'test_socket.SendmsgUDPLITETest.*': 'there is no UDP Lite',
  'test_socket.TestUnixDomain.testUnencodableAddr': 'a file name here is text: bytes that are no UTF-8 become U+FFFD',
  'test_socket.UDPLITETimeoutTest.*': 'there is no UDP Lite',
};
