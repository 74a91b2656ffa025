"""A body that answers whatever a test wants: an id token with a false signature, for another hub, of somebody else."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY, OTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


class Body:
    """What the server says; ``token(nonce)`` makes the id token."""

    def __init__(self, address):
        self.address = address
        self.keys = {"keys": [{**jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True), "kid": "1"}]}
        self.info = {"sub": "anna"}
        self.claims, self.key, self.algorithm, self.headers = {}, KEY, "RS256", {"kid": "1"}
        self.nonce = ""

    def id_token(self):
        now = int(time.time())
        plain = {"iss": self.address, "sub": "anna", "aud": "samspel", "iat": now, "exp": now + 60, "nonce": self.nonce}
        said = {name: value for name, value in {**plain, **self.claims}.items() if value is not None}
        return jwt.encode(said, self.key, algorithm=self.algorithm, headers=self.headers)

    def answers(self):
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/keys",
            },
            "/keys": self.keys,
            "/token": {"access_token": "x", "token_type": "Bearer", "id_token": self.id_token()},
            "/userinfo": self.info,
        }


@contextmanager
def serving():
    """Serve a body on this machine, and give it to be told what to say."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body.answers()[self.path]).encode())

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_arguments):
            pass

    server = HTTPServer(("localhost", 0), Handler)
    body = Body(f"http://localhost:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield body
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
