"""The page of what the stand-ins took, for whoever tries the platform."""

from collections.abc import Sequence
from html import escape

from tools.local.providers.exchange import Reply
from tools.local.providers.messages import Taken

_HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="refresh" content="5">
<title>Inbox of this machine</title><style>:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:44rem;margin:0 auto;padding:1rem}li{margin:1rem 0;overflow-wrap:anywhere}
ul{padding:0;list-style:none}small{display:block}</style></head><body><main><h1>Inbox of this machine</h1>
<p>Text messages and e-mails that the platform sent. Nothing left this machine.</p>"""


def inbox(taken: Sequence[Taken]) -> Reply:
    """The page, the latest message first."""
    latest = sorted(taken, key=lambda message: message.at, reverse=True)
    items = "".join(_item(message) for message in latest)
    body = f"<ul>{items}</ul>" if items else "<p>Nothing was sent yet.</p>"
    return Reply(200, f"{_HEAD}{body}</main></body></html>", {"content-type": "text/html; charset=utf-8"})


def _item(message: Taken) -> str:
    kind = "Text" if message.channel == "sms" else "E-mail"
    words = [_linked(word) for word in message.text.split(" ")]
    subject = f"<b>{escape(message.subject)}</b><br>" if message.subject else ""
    head = f"<small>{kind} to {escape(message.to)}, {message.at:%H:%M:%S} UTC</small>"
    return f"<li>{head}{subject}{' '.join(words)}</li>"


def _linked(word: str) -> str:
    text = escape(word)
    return f'<a href="{text}">{text}</a>' if word.startswith(("https://", "http://")) else text
