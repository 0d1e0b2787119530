"""requests, a teaching subset: get, post, put, patch, delete, head, options, request and Session for HTTP/1.1.

There are: params, data, json, headers, cookies, auth=(user, password), timeout (a number or a pair), allow_redirects, stream;
Response with status_code, ok, reason, text, content, json(), headers, cookies, url, history, elapsed, encoding,
raise_for_status(), iter_content(), iter_lines(); a Session keeps its connections open; the exceptions have requests' names
and hierarchy. There are not: files, proxies, certificates, compression, hooks, adapters, retries; a cookie's path and date.

https: there is no TLS in this machine, and nothing ever leaves it. An https URL is spoken to port 443 of the virtual host
as plain HTTP: the same programs run, but nobody is encrypted or authenticated here. `verify` and `cert` are ignored.

It waits in sockets only: threads and processes fetch at the same time, and greenlets after gevent's monkey.patch_all().
"""
from requests.exceptions import (ConnectionError, ConnectTimeout, HTTPError, JSONDecodeError, ReadTimeout,
                                 RequestException, Timeout, TooManyRedirects, URLRequired)
from requests.models import PreparedRequest, Response, codes
from requests.sessions import Session

__version__ = "2.32"
__all__ = ["ConnectTimeout", "ConnectionError", "HTTPError", "JSONDecodeError", "PreparedRequest", "ReadTimeout",
           "RequestException", "Response", "Session", "Timeout", "TooManyRedirects", "URLRequired", "codes", "delete", "get",
           "head", "options", "patch", "post", "put", "request", "session"]


def request(method, url, **kwargs):
    """Sends one request, over a connection of its own. Keywords: those of Session.request."""
    with Session() as one:
        return one.request(method=method, url=url, **kwargs)


def get(url, params=None, **kwargs):
    return request("get", url, params=params, **kwargs)


def options(url, **kwargs):
    return request("options", url, **kwargs)


def head(url, **kwargs):
    kwargs.setdefault("allow_redirects", False)
    return request("head", url, **kwargs)


def post(url, data=None, json=None, **kwargs):
    return request("post", url, data=data, json=json, **kwargs)


def put(url, data=None, **kwargs):
    return request("put", url, data=data, **kwargs)


def patch(url, data=None, **kwargs):
    return request("patch", url, data=data, **kwargs)


def delete(url, **kwargs):
    return request("delete", url, **kwargs)


def session():
    return Session()
