"""Mail in words: what is new in a roster, who gets no mail and why, what became of each letter, what went wrong."""

from __future__ import annotations

CHANGES: dict[str, str] = {
    "added": "new",
    "moved": "moved, was {day}",
    "restaffed": "other people",
}
ASIDE: dict[str, str] = {
    "no-address": "hand over on paper: no address",
    "bad-address": "hand over on paper: what the plan says is no address",
    "not-allowed": "not sent: mail.allow does not name {domain}",
}
OUTCOMES: dict[str, str] = {
    "sent": "sent",
    "again": "sent once more, marked: an earlier sending was broken off and may have arrived",
    "before": "had it already",
    "waits": "another run is sending it, or was broken off; tried again after {minutes} minutes",
    "refused": "not taken by the server ({code}); tried again by the next run",
    "unsure": "unsure: the connection ended inside; sent once more, marked, by the next run",
    "unreached": "not tried: the server cannot be reached",
}
MAIL_ERRORS: dict[str, str] = {
    "no-mail": "the plan has no mail: section",
    "no-mail-sender": "mail: sender: is missing, or is no address: 安监站 <safety@example.org>",
    "no-mail-allow": "mail: allow: names no domain, so nobody may get a mail",
    "no-weekly": "the plan does not say when the weekly roster goes out: mail: weekly:",
    "bad-attach": "mail: weekly: attach: {asked} is no attachment; there are: ics, xlsx, pocket",
    "not-issued": "the roster of {first} to {last} was not issued yet: safeplan issue --week {week}, or mail with "
    "--issue",
    "issued-left-plan": "the issued roster names what is no longer in the plan ({names}); issue the week anew",
    "mail-one-way": "give one of --dry-run and --output",
    "mail-week-or-due": "give one of --week and --if-due",
    "mail-digest-alone": "--overdue takes neither --week nor --issue nor --if-due",
    "bad-time": "{asked} is no time of day; write 16:00",
    "cron-output": "--output writes units of systemd: add --systemd",
    "no-smtp": "nothing says where the mail server is: set {url}, or name a file of mode 0600 with {file} or --secret",
    "smtp-file-not-there": "there is no file {path} with the mail server's address",
    "smtp-file-open": "{path} holds a password and others may read it: chmod 600",
    "smtp-file-others": "{path} belongs to somebody else",
    "bad-smtp-url": "the mail server's address is not right; it looks like smtp+starttls://name:password@host:587, or "
    "smtps://…; special characters of the password as %40 for @",
    "smtp-in-the-clear": "smtp:// sends in the clear and is for this computer alone; write smtp+starttls:// or smtps://",
    "smtp-not-reached": "the mail server {server} cannot be reached",
    "smtp-no-tls": "the mail server {server} offers no TLS; nothing was sent",
    "smtp-not-trusted": "the certificate of the mail server {server} is not one to trust; nothing was sent",
    "smtp-not-let-in": "the mail server {server} does not let in: wrong name or password",
}
