/** What does not pass of CPython's tests of HTTP, of its clients and its servers. */
const NO_TLS = "there is no TLS: Python's ssl for WebAssembly has its names, and nothing below them";
const NO_URLOPENER = '3.11: urllib.request.URLopener, cafile and their like, which 3.14 removed';
const INTERNET = 'asks the Internet';

export const HTTP: Readonly<Record<string, string>> = {
  'test_httplib.BasicTest.test_simple_httpstatus': '3.11: since 3.13 some statuses have other names',
  'test_httplib.HTTPSTest.test_local_bad_hostname': NO_TLS,
  'test_httplib.HTTPSTest.test_local_good_hostname': NO_TLS,
  'test_httplib.HTTPSTest.test_local_unknown_cert': NO_TLS,
  'test_httplib.HTTPSTest.test_networked': INTERNET,
  'test_httplib.HTTPSTest.test_networked_bad_cert': INTERNET,
  'test_httplib.HTTPSTest.test_networked_good_cert': INTERNET,
  'test_httplib.HTTPSTest.test_networked_noverification': INTERNET,
  'test_httplib.HTTPSTest.test_networked_trusted_by_default_cert': INTERNET,
  'test_httplib.HTTPSTest.test_tls13_pha': 'there is no TLS',
  'test_httplib.HeaderTests.test_invalid_tunnel_headers':
    '3.11: since 3.12 a tunnel reads the answer, of which the test has none',
  'test_httplib.HeaderTests.test_invalid_tunnel_host':
    '3.11: since 3.12 a tunnel reads the answer, of which the test has none',
  'test_httplib.TunnelTests.test_set_tunnel_host_port_headers': '3.11: since 3.12 a tunnel has a Host header',
  'test_httpservers.BaseHTTPRequestHandlerTestCase.test_request_length':
    '3.11: since 3.13 some statuses have other names',
  'test_httpservers.ScriptTestCase.test_server_test_ipv6': 'the machine has addresses of IPv4 only',
  'test_httpservers.SimpleHTTPServerTestCase.test_undecodable_filename':
    'a file name here is text: bytes that are no UTF-8 become U+FFFD',
  'test_urllib.PathName2URLTests.test_converting_drive_letter':
    '3.11: since 3.14 nturl2path is no more, and paths of Windows are told of otherwise',
  'test_urllib.PathName2URLTests.test_converting_when_no_drive_letter':
    '3.11: since 3.14 nturl2path is no more, and paths of Windows are told of otherwise',
  'test_urllib.PathName2URLTests.test_long_drive_letter':
    '3.11: since 3.14 nturl2path is no more, and paths of Windows are told of otherwise',
  'test_urllib.PathName2URLTests.test_roundtrip_pathname2url':
    '3.11: since 3.14 nturl2path is no more, and paths of Windows are told of otherwise',
  'test_urllib.URL2PathNameTests.test_converting_when_no_drive_letter':
    '3.11: since 3.14 nturl2path is no more, and paths of Windows are told of otherwise',
  'test_urllib.URL2PathNameTests.test_non_ascii_drive_letter':
    '3.11: since 3.14 nturl2path is no more, and paths of Windows are told of otherwise',
  'test_urllib.URL2PathNameTests.test_roundtrip_url2pathname':
    '3.11: since 3.14 nturl2path is no more, and paths of Windows are told of otherwise',
  'test_urllib.URLopener_Tests.test_local_file_open': NO_URLOPENER,
  'test_urllib.URLopener_Tests.test_quoted_open': NO_URLOPENER,
  'test_urllib.URLopener_Tests.test_urlopener_retrieve_file': NO_URLOPENER,
  'test_urllib.URLopener_Tests.test_urlopener_retrieve_remote': NO_URLOPENER,
  'test_urllib.urlopen_DataTests.test_invalid_mediatype': '3.11: since 3.14 a media type is not looked at',
  'test_urllib.urlopen_FileTests.test_close': NO_URLOPENER,
  'test_urllib.urlopen_FileTests.test_fileno': NO_URLOPENER,
  'test_urllib.urlopen_FileTests.test_getcode': NO_URLOPENER,
  'test_urllib.urlopen_FileTests.test_geturl': NO_URLOPENER,
  'test_urllib.urlopen_FileTests.test_headers': NO_URLOPENER,
  'test_urllib.urlopen_FileTests.test_info': NO_URLOPENER,
  'test_urllib.urlopen_FileTests.test_interface': NO_URLOPENER,
  'test_urllib.urlopen_FileTests.test_iter': NO_URLOPENER,
  'test_urllib.urlopen_FileTests.test_read': NO_URLOPENER,
  'test_urllib.urlopen_FileTests.test_readline': NO_URLOPENER,
  'test_urllib.urlopen_FileTests.test_readlines': NO_URLOPENER,
  'test_urllib.urlopen_FileTests.test_relativelocalfile': NO_URLOPENER,
  'test_urllib.urlopen_FileTests.test_status': NO_URLOPENER,
  'test_urllib.urlopen_FileTests.test_url': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_URLopener_deprecation': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_cafile_and_context': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_empty_socket': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_file_notexists': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_ftp_cache_pruning': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_ftp_nohost': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_ftp_nonexisting': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_invalid_redirect': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_missing_localfile': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_read_0_9': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_read_1_0': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_read_1_1': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_read_bogus': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_redirect_limit_independent': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_url_host_with_control_char_rejected': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_url_host_with_newline_header_injection_rejected': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_url_path_with_control_char_rejected': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_url_path_with_newline_header_injection_rejected': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_userpass_inurl': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_userpass_inurl_w_spaces': NO_URLOPENER,
  'test_urllib.urlopen_HttpTests.test_willclose': NO_URLOPENER,
  'test_urllib2_localnet.TestUrlopen.test_https': NO_TLS,
  'test_urllib2_localnet.TestUrlopen.test_https_sni': NO_TLS,
  'test_urllib2_localnet.TestUrlopen.test_https_with_cadefault': NO_URLOPENER,
  'test_urllib2_localnet.TestUrlopen.test_https_with_cafile': NO_URLOPENER,
};
