# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""A web server on 127.0.0.1 that can do all that a server should not.

A behaviour is a function of (connection, request) that sends what it likes;
the connection is closed after it. What it was asked is in Server.log.
"""
import socket
import ssl
import threading
import warnings


class Request:
    def __init__(self, text):
        lines = text.split('\r\n')
        self.path = lines[0].split(' ')[1]
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(':')
            self.headers[name.lower()] = value.strip()


class Server:
    """Serves until the process ends. PATHS maps a path to its behaviour; a
    path that is not there is answered with OTHER."""

    def __init__(self, paths, context=None, other=None):
        self.paths, self.context = paths, context
        self.other = other or answer(404, b'not here')
        self.log = []
        self.socket = socket.create_server(('127.0.0.1', 0))
        self.port = self.socket.getsockname()[1]
        self.origin = '%s://127.0.0.1:%d' % (
            'https' if context else 'http', self.port)
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            connection = self.socket.accept()[0]
            threading.Thread(target=self._serve, args=(connection,),
                             daemon=True).start()

    def _serve(self, connection):
        try:
            connection.settimeout(30)
            if self.context:
                connection = self.context.wrap_socket(connection,
                                                      server_side=True)
            text = b''
            while b'\r\n\r\n' not in text:
                part = connection.recv(65536)
                if not part:
                    return
                text += part
            request = Request(text.decode('latin-1'))
            self.log.append(request)
            self.paths.get(request.path, self.other)(connection, request)
        except (OSError, ssl.SSLError):
            pass        # the client has gone: what some behaviours are for
        finally:
            connection.close()


def tls(certificate, key):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def old_tls(certificate, key):
    """No more than TLS 1.0."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers('DEFAULT:@SECLEVEL=0')
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1
    context.load_cert_chain(certificate, key)
    return context


def head(code, headers=()):
    lines = ['HTTP/1.1 %d Whatever' % code, 'Connection: close']
    lines += ['%s: %s' % pair for pair in headers]
    return ('\r\n'.join(lines) + '\r\n\r\n').encode()


def answer(code, body=b'', headers=(), length=None):
    """LENGTH, when it is given, is what is claimed."""
    length = len(body) if length is None else length
    text = head(code, [*headers, ('Content-Length', length)]) + body
    return lambda connection, request: connection.sendall(text)


def redirect(location, headers=(), code=302):
    return answer(code, b'', [('Location', location), *headers])


def in_turn(*behaviours):
    """One after the other; the last one stays."""
    left = list(behaviours)

    def serve(connection, request):
        (left.pop(0) if len(left) > 1 else left[0])(connection, request)
    return serve


def endless(start=b'', part=b'x' * 65536, headers=()):
    def serve(connection, request):
        connection.sendall(head(200, headers) + start)
        while True:
            connection.sendall(part)
    return serve


def stalled(start, headers=(), stop=threading.Event()):
    """Sends START of a longer body, then nothing."""
    def serve(connection, request):
        connection.sendall(head(200, [*headers,
                                      ('Content-Length', 1000000)]) + start)
        stop.wait(25)
    return serve


def huge_header(connection, request):
    connection.sendall(b'HTTP/1.1 200 OK\r\nX-Long: ')
    for _ in range(1600):
        connection.sendall(b'x' * 65536)
    connection.sendall(b'\r\n\r\n')


def many_headers(connection, request):
    connection.sendall(b'HTTP/1.1 200 OK\r\n')
    for _ in range(100000):
        connection.sendall(b'X-More: 0123456789012345678901234567890\r\n')
    connection.sendall(b'\r\n')


def hang_up(connection, request):
    pass
