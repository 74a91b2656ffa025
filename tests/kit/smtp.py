"""A mail server to send to in tests: a socket on this machine that takes, refuses or dies as it is told."""

import socket
import threading
from email import message_from_bytes
from email.policy import default


class MailServer:
    """Takes what is sent to it while it is open (``with``).

    ``answers`` says what it answers to RCPT and to the end of DATA instead of 250; "die" closes the connection there,
    and "250 die" takes the mail and closes then.
    """

    def __init__(self, **answers):
        self.answers, self.mails, self.connections = answers, [], 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def port(self):
        return self._socket.getsockname()[1]

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _serve(self):
        while True:
            try:
                connection, _address = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            with connection, connection.makefile("rb") as lines:
                self._talk(connection, lines)

    def _talk(self, connection, lines):
        connection.sendall(b"220 stand-in\r\n")
        for line in lines:
            verb = line[:4].upper().strip().decode()
            answer = self.answers.get(verb.lower(), "250 ok")
            if verb == "DATA":
                connection.sendall(b"354 go on\r\n")
                data = b"".join(iter(lines.readline, b".\r\n"))
                if answer.startswith("250"):
                    self.mails.append(message_from_bytes(data, policy=default))
            if answer == "die":
                return
            connection.sendall(f"{'221 bye' if verb == 'QUIT' else answer}\r\n".encode())
            if verb == "QUIT" or answer.endswith("die"):
                return
