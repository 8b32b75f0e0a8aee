"""The server's side of TLS 1.2 as it was before RFC 5746: OpenSSL always speaks of safe renegotiation, so no server of it can be asked to keep silent.

RSA for the exchange of keys, AES-128-GCM for what follows (RFC 5246, RFC 5288). For tests of clients; nothing is checked of what they send.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import socket
from types import TracebackType

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

RSA_AES_128_GCM_SHA256 = b"\x00\x9c"
RENEGOTIATION_INFO = b"\xff\x01\x00\x01\x00"
TLS12 = b"\x03\x03"
CHANGE, ALERT, HANDSHAKE, DATA = 20, 21, 22, 23  # types of records
HELLO, CERTIFICATE, DONE, FINISHED = 2, 11, 14, 20  # types of messages of the server


class OldTLS:
    """Stands for an ssl.SSLContext in a FaultServer. `safe`: it speaks of safe renegotiation, as a newer server does."""

    def __init__(self, key: rsa.RSAPrivateKey, certificate: bytes, *, safe: bool) -> None:
        self.key, self.certificate, self.safe = key, certificate, safe

    def wrap_socket(self, connection: socket.socket, *, server_side: bool) -> OldConnection:
        """The connection after its handshake."""
        assert server_side
        return OldConnection(connection, self)


class OldConnection:
    """As much of a socket as the server needs."""

    def __init__(self, connection: socket.socket, tls: OldTLS) -> None:
        self._plain, self._said, self._numbers = connection, b"", [0, 0]  # what client and server said; records that they sent since
        client = self._message(0)[6:38]
        server = os.urandom(32)
        extensions = (b"\x00\x05" + RENEGOTIATION_INFO) if tls.safe else b""
        self._say(HELLO, TLS12 + server + b"\x00" + RSA_AES_128_GCM_SHA256 + b"\x00" + extensions)
        one = len(tls.certificate).to_bytes(3) + tls.certificate
        self._say(CERTIFICATE, len(one).to_bytes(3) + one)
        self._say(DONE, b"")
        early = tls.key.decrypt(self._message(0)[6:], padding.PKCS1v15())
        self._master = prf(early, b"master secret", client + server, 48)
        block = prf(self._master, b"key expansion", server + client, 40)
        self._keys, self._salts = (AESGCM(block[:16]), AESGCM(block[16:32])), (block[32:36], block[36:])
        self._record()  # its change to the keys
        self._message(1)
        self._plain.sendall(bytes((CHANGE,)) + TLS12 + b"\x00\x01\x01")
        self._say(FINISHED, prf(self._master, b"server finished", hashlib.sha256(self._said).digest(), 12), sealed=True)

    def __enter__(self) -> OldConnection:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._plain.close()

    def fileno(self) -> int:
        """Of the socket below."""
        return self._plain.fileno()

    def recv(self, _: int) -> bytes:
        """The data of the next record; nothing at the end."""
        try:
            kind, data = self._record()
        except ConnectionError:
            return b""
        return self._open(kind, data) if kind == DATA else b""

    def sendall(self, data: bytes) -> None:
        """Send data in records."""
        for start in range(0, len(data), 16_000):
            self._seal(DATA, data[start : start + 16_000])

    def _message(self, sealed: int) -> bytes:
        """The next message of the handshake, which counts for its end."""
        kind, data = self._record()
        message = self._open(kind, data) if sealed else data
        if kind != HANDSHAKE:
            raise ConnectionResetError("the client does not want to go on")
        self._said += message
        return message

    def _say(self, kind: int, body: bytes, *, sealed: bool = False) -> None:
        message = bytes((kind,)) + len(body).to_bytes(3) + body
        self._said += message
        if sealed:
            self._seal(HANDSHAKE, message)
        else:
            self._plain.sendall(bytes((HANDSHAKE,)) + TLS12 + len(message).to_bytes(2) + message)

    def _record(self) -> tuple[int, bytes]:
        head = self._exactly(5)
        return head[0], self._exactly(int.from_bytes(head[3:]))

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            more = self._plain.recv(size - len(data))
            if not more:
                raise ConnectionResetError("the client went away")
            data += more
        return data

    def _open(self, kind: int, data: bytes) -> bytes:
        nonce, sealed = self._salts[0] + data[:8], data[8:]
        return self._keys[0].decrypt(nonce, sealed, self._told(0, kind, len(sealed) - 16))

    def _seal(self, kind: int, data: bytes) -> None:
        count = self._numbers[1].to_bytes(8)
        body = count + self._keys[1].encrypt(self._salts[1] + count, data, self._told(1, kind, len(data)))
        self._plain.sendall(bytes((kind,)) + TLS12 + len(body).to_bytes(2) + body)

    def _told(self, side: int, kind: int, size: int) -> bytes:
        """What is signed with a record; counts it."""
        number = self._numbers[side]
        self._numbers[side] += 1
        return number.to_bytes(8) + bytes((kind,)) + TLS12 + size.to_bytes(2)


def prf(secret: bytes, label: bytes, seed: bytes, size: int) -> bytes:
    """The pseudorandom function (RFC 5246, 5)."""
    found, block = b"", label + seed
    while len(found) < size:
        block = hmac.digest(secret, block, "sha256")
        found += hmac.digest(secret, block + label + seed, "sha256")
    return found[:size]
