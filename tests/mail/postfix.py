"""Postfix with Dovecot's passwords, as Debian ships them, in a folder of their own on loopback; needs root.

TLS before anything else (STARTTLS on one port, from the first byte on another), letters only from who has a password,
and only to the mailboxes that there are.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import trustme

from mail.servers import PASSWORD, USER, Running, free_port

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
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {root}/passwords
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = reject_unlisted_recipient
smtpd_client_connection_rate_limit = 0
"""
_MASTER = """\
127.0.0.1:{starttls} inet n - n - - smtpd
127.0.0.1:{tls} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
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


_DOVECOT = """\
base_dir = {root}/dovecot
state_dir = {root}/dovecot
log_path = {root}/dovecot.log
protocols =
ssl = no
auth_mechanisms = plain login
auth_failure_delay = 0
passdb {{
  driver = passwd-file
  args = {root}/users
}}
service auth {{
  unix_listener {root}/passwords {{
    mode = 0666
  }}
}}
"""


@dataclass(frozen=True)
class Post:
    """A Postfix that runs: its two ports, and the mailboxes."""

    starttls: Running
    tls: Running
    root: Path

    def letters(self, names: Iterable[str], patience: float = 60) -> list[int]:
        """Count the letters of mailboxes, when the queue is empty."""
        until = time.monotonic() + patience
        queues = [self.root / "queue" / name for name in ("incoming", "active", "maildrop")]
        while time.monotonic() < until and any(one.is_file() for queue in queues for one in queue.rglob("*")):
            time.sleep(0.2)
        return [sum(one.is_file() for one in (self.root / "boxes" / name).rglob("*")) for name in names]


@contextmanager
def postfix(root: Path, names: Iterable[str]) -> Iterator[Post]:
    """Run Postfix with a mailbox for each name at example.org, and nobody else."""
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    authority.cert_pem.write_to_path(str(root / "authority.pem"))
    certificate.private_key_pem.write_to_path(str(root / "key.pem"))
    certificate.cert_chain_pems[0].write_to_path(str(root / "cert.pem"))
    ports = {"starttls": free_port(), "tls": free_port()}
    for name in ("queue", "data", "boxes", "config", "dovecot"):
        (root / name).mkdir()
    shutil.chown(root / "data", "postfix")
    shutil.chown(root / "boxes", 65534, 65534)
    (root / "boxes.map").write_text("".join(f"/^{name}@example\\.org$/ {name}/\n" for name in names))
    (root / "users").write_text(f"{USER}:{{PLAIN.HEX}}{PASSWORD.encode().hex()}\n")
    (root / "dovecot.conf").write_text(_DOVECOT.format(root=root))
    (root / "config" / "main.cf").write_text(_MAIN.format(root=root))
    (root / "config" / "master.cf").write_text(_MASTER.format(**ports))
    for one in (root, *root.parents):
        if not one.stat().st_mode & 0o001:
            one.chmod(one.stat().st_mode | 0o011)  # its processes are other users
    command = ["postfix", "-c", str(root / "config")]
    passwords = subprocess.Popen(["dovecot", "-F", "-c", str(root / "dovecot.conf")])
    try:
        _wait_for("Dovecot", (root / "passwords").is_socket)
        subprocess.run([*command, "start"], check=True, capture_output=True)
        for port in ports.values():
            _wait_for("Postfix", partial(_answers, port))
        yield Post(*(Running(port, root / "authority.pem") for port in ports.values()), root)
    finally:
        subprocess.run([*command, "stop"], check=False, capture_output=True)
        passwords.terminate()
        passwords.wait(20)


def _wait_for(what: str, ready: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not ready():
        assert time.monotonic() < until, f"{what} does not answer"
        time.sleep(0.1)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
