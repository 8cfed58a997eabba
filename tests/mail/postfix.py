"""Postfix in a folder of its own on loopback: TLS before anything else, virtual mailboxes. Needs root and Postfix."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import trustme

from mail.servers import Running, free_port

_MAIN = """\
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/data
myhostname = localhost
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
maillog_file = {root}/log
maillog_file_prefixes = /
virtual_mailbox_domains = example.org
virtual_mailbox_base = {root}/boxes
virtual_mailbox_maps = regexp:{root}/boxes.map
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
smtpd_tls_security_level = encrypt
smtpd_tls_cert_file = {root}/cert.pem
smtpd_tls_key_file = {root}/key.pem
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = reject_unlisted_recipient
smtpd_client_connection_rate_limit = 0
"""
_MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@contextmanager
def postfix(root: Path, officers: int) -> Iterator[Running]:
    """Run Postfix with a mailbox for o0@example.org to the last officer, and nobody else."""
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    authority.cert_pem.write_to_path(str(root / "authority.pem"))
    certificate.private_key_pem.write_to_path(str(root / "key.pem"))
    certificate.cert_chain_pems[0].write_to_path(str(root / "cert.pem"))
    port = free_port()
    for name in ("queue", "data", "boxes", "config"):
        (root / name).mkdir()
    shutil.chown(root / "data", "postfix")
    shutil.chown(root / "boxes", 65534, 65534)
    (root / "boxes.map").write_text("".join(f"/^o{n}@example\\.org$/ o{n}/\n" for n in range(officers)))
    (root / "config" / "main.cf").write_text(_MAIN.format(root=root))
    (root / "config" / "master.cf").write_text(_MASTER.format(port=port))
    for one in (root, *root.parents):
        if not one.stat().st_mode & 0o001:
            one.chmod(one.stat().st_mode | 0o011)  # its processes are other users
    command = ["postfix", "-c", str(root / "config")]
    subprocess.run([*command, "start"], check=True, capture_output=True)
    try:
        _wait_for(port)
        yield Running(port, root / "authority.pem")
    finally:
        subprocess.run([*command, "stop"], check=False, capture_output=True)


def letters_of(root: Path, officers: int, patience: float = 60) -> list[int]:
    """Count the letters of each mailbox, when the queue is empty."""
    until = time.monotonic() + patience
    while time.monotonic() < until and any(
        one.is_file() for name in ("incoming", "active", "maildrop") for one in (root / "queue" / name).rglob("*")
    ):
        time.sleep(0.2)
    boxes = (root / "boxes" / f"o{n}" for n in range(officers))
    return [sum(one.is_file() for one in box.rglob("*")) if box.exists() else 0 for box in boxes]


def _wait_for(port: int) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < until, "Postfix does not answer"
            time.sleep(0.1)
        else:
            return
