"""A server on Python's standard library that a rollout costs nothing: HTTP/1.1 on PORT."""

import os
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import gethostname
from urllib.parse import parse_qs, urlsplit

CLOSE_NOTICE_SECONDS = float(os.environ.get("CLOSE_NOTICE_SECONDS", "10"))
WHO = f"{os.environ.get('VERSION', '1')} {gethostname()}\n".encode()

leaving = threading.Event()
over = threading.Event()


class UnderWay:
    """Counts the requests that are being answered."""

    def __init__(self):
        self.count = 0
        self.changed = threading.Condition()

    def __enter__(self):
        self.add(1)

    def __exit__(self, *_):
        self.add(-1)

    def add(self, number):
        with self.changed:
            self.count += number
            self.changed.notify_all()

    def wait_until_empty(self):
        with self.changed:
            self.changed.wait_for(lambda: self.count == 0)


under_way = UnderWay()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 75  # a silent connection lives longer than clients keep one

    def do_GET(self):
        with under_way:
            url = urlsplit(self.path)
            if url.path == "/stream":
                return self.stream()
            if url.path == "/slow":
                time.sleep(int(parse_qs(url.query).get("ms", ["3000"])[0]) / 1000)
            self.send_response(503 if url.path == "/ready" and leaving.is_set() else 200)
            self.send_header("Content-Length", str(len(WHO)))
            if leaving.is_set():
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(WHO)

    def stream(self):
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            self.wfile.write(WHO)
            while not leaving.wait(timeout=1):
                self.wfile.write(f"{time.time():.3f}\n".encode())
            self.wfile.write(b"move\n")
            while not over.wait(timeout=1):
                self.wfile.write(f"{time.time():.3f}\n".encode())
        except ConnectionError:
            pass  # the client left

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 128  # the standard library's 5 refuses a burst


def main():
    server = Server(("", int(os.environ.get("PORT", "8080"))), Handler)
    signal.signal(signal.SIGTERM, lambda *_: leaving.set())
    threading.Thread(target=server.serve_forever).start()

    leaving.wait()
    time.sleep(CLOSE_NOTICE_SECONDS)
    over.set()
    server.shutdown()  # accepts nothing more
    server.server_close()
    under_way.wait_until_empty()


main()
