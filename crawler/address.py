"""The canonical form of an address: what two links to one page have in common."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

# Invisible characters and white space, seen within links (a byte order mark too)
_INVISIBLE = re.compile(r"[\s\x00-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
# Parameters that never tell one article from another: tracking, sessions, the state of a portlet or of a view
_VOLATILE = re.compile(
    r"(?:utm_\w+|fbclid|gclid|zarsrc|zalo\w*|jsessionid|sid_session|phpsessid|aspsessionid\w*|p_p_\w+|p_auth|p_r_p_\w+|_adf\.[\w.-]+|_afr\w+"
    r"|print|amp|mobile|rnd|gidzl|ref|share\w*)",
    re.IGNORECASE,
)
_VARIANT = re.compile(r"(?:/(?:amp|print|mobile))+/?$|^/(?:amp|mobile|m)(?=/)", re.IGNORECASE)  # /amp/…, …/print/: the same article
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_WINDOW = re.compile(r"_adf\.|_afr", re.IGNORECASE)  # parameters of Oracle ADF
_PORTS = {"http": 80, "https": 443}
_PATH_SAFE = "/:@!$&'()*+,;=-._~%"


def without_session(url: str) -> str:
    """The address without a server's session and its counting of windows, which another visitor does not share."""
    path, _, query = _SESSION.sub("", url).partition("?")
    kept = [pair for pair in query.split("&") if pair and not _WINDOW.match(pair)]
    return f"{path}?{'&'.join(kept)}" if kept else path


def host_of(url: str) -> str:
    """Lower-case host without www, with the port unless it is the scheme's own (80, 443)."""
    parts = urlsplit(url if "://" in url else f"//{url}")
    host = (parts.hostname or "").removeprefix("www.")
    try:
        port = parts.port
    except ValueError:  # not a number
        port = None
    return f"{host}:{port}" if port and port not in _PORTS.values() else host


def canonical(url: str, *, keep_params: Collection[str] | None = None) -> str:
    """https, lower-case host without www and default port, no fragment, session or tracking, variants mapped to the main page.

    `keep_params` names the query parameters that belong to the address; None keeps all but those of tracking, session and view.
    Loopback and other hosts with a port of their own keep their scheme. The path keeps its case.
    """
    parts = urlsplit(_INVISIBLE.sub("", url).replace("\\", "/").replace("&amp;", "&"))
    host = host_of(urlunsplit(parts))
    scheme = parts.scheme.lower() if ":" in host or parts.scheme.lower() not in _PORTS else "https"
    path = _SESSION.sub("", re.sub(r"/{2,}", "/", parts.path)) or "/"
    path = _VARIANT.sub("", path) or "/"
    path = quote(unquote(path, errors="surrogateescape"), safe=_PATH_SAFE.replace("%", ""), errors="surrogateescape")
    wanted = None if keep_params is None else {name.lower() for name in keep_params}
    pairs = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if (name.lower() in wanted if wanted is not None else not _VOLATILE.fullmatch(name))
    ]
    return urlunsplit((scheme, host, path, urlencode(sorted(pairs)), ""))
