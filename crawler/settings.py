"""Politeness and limits: the settings of Scrapy that differ from its defaults, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crawler.site import DELAY, Site

PRODUCT = "thidua"  # the name that robots.txt may speak to
USER_AGENT = f"{PRODUCT}/0.1 (+contact)"


@dataclass(frozen=True)
class Limits:
    """Limits of a fetch and of a host."""

    timeout: float = 30.0  # seconds for the whole of an answer
    connect_timeout: float = 10.0  # seconds until the connection stands
    dns_timeout: float = 20.0  # seconds
    max_bytes: int = 16 << 20  # of a body, packed and unpacked
    retries: int = 2
    backoff: float = 2.0  # seconds before the first retry, doubled before the next
    redirects: int = 5
    breaker: int = 8  # bad answers of a host in a row, retries counted, after which it is closed for the run
    grace: float = 3.0  # seconds for running downloads once the run is cut off


def settings(
    sites: Sequence[Site], *, limits: Limits, user_agent: str, allow_loopback: bool, resolvers: Sequence[str] = ()
) -> dict[str, Any]:
    """Settings of one crawl of these sites; `resolvers`: name servers to ask where the system's resolver fails."""
    hosts = {host.partition("/")[0]: site for site in sites for host in site.hosts}
    names = {name.partition(":")[0]: site.delay for name, site in hosts.items()}
    slots = {form: {"concurrency": 1, "delay": delay, "jitter": 0.0} for name, delay in names.items() for form in (name, f"www.{name}")}
    return {
        # who we are
        "USER_AGENT": user_agent,
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": PRODUCT,
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "vi,en;q=0.3",
        },
        # one connection a host, the delay of its site as the floor; no jitter, which would fall below it
        "CONCURRENT_REQUESTS": max(16, min(2 * len(slots), 200)),
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOADER": "crawler.fetcher.OneAtATime",
        "CONCURRENT_ITEMS": 1,  # so many tasks are started for each response, and the spider yields no items
        "DOWNLOAD_SLOTS": slots,
        "DOWNLOAD_DELAY": DELAY,
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": DELAY,
        "AUTOTHROTTLE_MAX_DELAY": 120.0,
        "EXTENSIONS": {"scrapy.extensions.throttle.AutoThrottle": None, "crawler.middlewares.Throttle": 0},
        # limits of a fetch
        "DOWNLOAD_TIMEOUT": limits.timeout,
        "CONNECT_TIMEOUT": limits.connect_timeout,
        "DNS_TIMEOUT": limits.dns_timeout,
        "DOWNLOAD_MAXSIZE": limits.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "RETRY_TIMES": limits.retries,
        "RETRY_GIVE_UP_LOG_LEVEL": "INFO",
        "REDIRECT_MAX_TIMES": limits.redirects,
        "METAREFRESH_ENABLED": False,
        "COOKIES_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        "HTTPCACHE_ENABLED": False,
        "REFERRER_POLICY": "same-origin",
        # what is reachable: http and https, public addresses, verified certificates
        "DOWNLOAD_HANDLERS": {
            "http": "crawler.fetcher.Fetcher",
            "https": "crawler.fetcher.Fetcher",
            **dict.fromkeys(("file", "data", "ftp", "s3")),
        },
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "TLS_BY_HOST": {host: site.tls for host, site in hosts.items() if site.tls != "verified"},
        "TWISTED_DNS_RESOLVER": "crawler.address_guard.GuardedResolver",
        "SECOND_RESOLVERS": list(resolvers),
        "ALLOW_LOOPBACK": allow_loopback,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        # nothing is dropped without a word: the journal knows duplicates, the gate what is off the site
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        "HTTPERROR_ALLOW_ALL": True,
        "URLLENGTH_LIMIT": 0,
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
            "crawler.middlewares.Gate": 50,
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "crawler.robots.RobotsMiddleware": 100,
            "crawler.schemes.HttpsFirst": 110,
            "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "crawler.middlewares.Patience": 550,
            "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
            "crawler.body_guard.BodyGuard": 590,
            "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
            "crawler.middlewares.Redirects": 600,
        },
        "LOG_LEVEL": "WARNING",
        "LOG_INSTALL_ROOT_HANDLER": False,
        "STATS_DUMP": False,
        "LOGSTATS_INTERVAL": 0,
    }
