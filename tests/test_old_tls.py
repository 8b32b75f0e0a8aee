"""Old servers: what a site with `tls = "legacy"` reads and every other one refuses. Certificates and keys are made here."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import ssl
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from crawl_child import run_child
from crawl_sites import LIMITS, PAGE, conserved, one, site
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from fault_server import SITE, FaultServer, answer
from old_tls_server import OldTLS

pytestmark = pytest.mark.slow

# The second Oakley group, of 1024 bits (RFC 2409, 6.2)
OAKLEY = bytes.fromhex(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
    "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF"
)  # fmt: skip


# Signatures of RSA as certificates name them, and the digest of SHA-1 in a signature, all as DER
SHA256_RSA, SHA1_RSA = bytes.fromhex("06092a864886f70d01010b"), bytes.fromhex("06092a864886f70d010105")
SHA1_INFO = bytes.fromhex("3021300906052b0e03021a05000414")


class OldAuthority:
    """An authority with an RSA key; `file` is its certificate, for clients."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._key = folder, rsa.generate_private_key(65537, 2048)
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test CA")])
        self.file = folder / "ca.pem"
        made = self._builder(self._name, self._key).add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        self.file.write_bytes(made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def _builder(self, subject: x509.Name, key: rsa.RSAPrivateKey) -> x509.CertificateBuilder:
        now = dt.datetime.now(dt.UTC)
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(self._name).public_key(key.public_key())
        return (
            made.serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
        )

    def _signed(self, made: x509.CertificateBuilder, *, sha1: bool) -> bytes:
        """The certificate as PEM. No library signs with SHA-1 any more, so its digest and the signature are put into the place of others."""
        certificate = made.sign(self._key, hashes.SHA256())
        if not sha1:
            return certificate.public_bytes(serialization.Encoding.PEM)
        digest = hashlib.sha1(certificate.tbs_certificate_bytes.replace(SHA256_RSA, SHA1_RSA)).digest()
        size, own = self._key.key_size // 8, self._key.private_numbers()
        padded = b"\x00\x01" + b"\xff" * (size - 38) + b"\x00" + SHA1_INFO + digest  # RFC 8017, 9.2
        signature = pow(int.from_bytes(padded), own.d, own.public_numbers.n).to_bytes(size)
        whole = certificate.public_bytes(serialization.Encoding.DER).replace(SHA256_RSA, SHA1_RSA)
        return ssl.DER_cert_to_PEM_cert(whole[:-size] + signature).encode()

    def _for(self, name: str, *, bits: int) -> tuple[rsa.RSAPrivateKey, x509.CertificateBuilder]:
        """A key, and a certificate for two names: `name` and strict-`name`."""
        key = rsa.generate_private_key(65537, bits)
        made = self._builder(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), key)
        names = [x509.DNSName(name), x509.DNSName(f"strict-{name}")]
        return key, made.add_extension(x509.SubjectAlternativeName(names), critical=False)

    def old(self, name: str, *, safe: bool) -> OldTLS:
        """A server that does not speak of safe renegotiation, or does."""
        key, made = self._for(name, bits=2048)
        return OldTLS(key, made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.DER), safe=safe)

    def context(self, name: str, *, bits: int = 2048, sha1: bool = False, weak_dh: bool = False) -> ssl.SSLContext:
        """A server's context for `name` and strict-`name`."""
        key, made = self._for(name, bits=bits)
        form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        file = self._folder / f"{name}.pem"
        file.write_bytes(key.private_bytes(*form) + self._signed(made, sha1=sha1))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0" if weak_dh else "ALL:@SECLEVEL=0")
        context.load_cert_chain(file)
        if weak_dh:
            group = bytes.fromhex("30818702818100") + OAKLEY + bytes.fromhex("020102")  # of prime and generator (PKCS #3)
            pem = b"-----BEGIN DH PARAMETERS-----\n" + base64.encodebytes(group) + b"-----END DH PARAMETERS-----\n"
            (self._folder / "dh.pem").write_bytes(pem)
            context.load_dh_params(self._folder / "dh.pem")
            context.maximum_version = ssl.TLSVersion.TLSv1_2
        return context


def test_weak_keys_old_signatures_and_unsafe_renegotiation_are_read_by_a_legacy_site_alone(tmp_path: Path) -> None:
    ca = OldAuthority(tmp_path)
    contexts: dict[str, Any] = {
        "exchange": ca.context("exchange.test", weak_dh=True),
        "signature": ca.context("signature.test", sha1=True),
        "key": ca.context("key.test", bits=1024),
        "well": ca.context("well.test"),
        "renegotiation": ca.old("renegotiation.test", safe=False),
        "safe": ca.old("safe.test", safe=True),
    }
    with ExitStack() as stack:
        sites, names = [], {}
        for key, context in contexts.items():
            server = stack.enter_context(FaultServer({name: one(answer(PAGE)) for name in (key, f"strict-{key}")}, tls=context))
            sites += [site(server, key, tls="legacy", tls_reason="old"), site(server, f"strict-{key}")]
            names |= {f"{key}.test": SITE, f"strict-{key}.test": SITE}
        result = run_child(sites, names=names, limits=LIMITS, environment={"SSL_CERT_FILE": str(ca.file)})
    assert {key: result.summary["sites"][key] for key in contexts} == {key: {"ok": 4} for key in contexts}
    assert {result.line(key, "/bai/good")["tls"] for key in contexts} == {"legacy"}
    strict = {key: result.state(f"strict-{key}", "/robots.txt") for key in contexts}
    assert strict == {key: "ok" if key in ("well", "safe") else "retry_at:tls" for key in contexts}
    conserved(result)
