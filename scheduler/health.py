"""Is the daemon alive, and does it still get anywhere?"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from aiohttp import web

# A single page may take two tries of 20 s and a Crawl-delay of 60 s, and be all that is under way.
STUCK_AFTER_S = 300


def tell_systemd(state: str) -> bool:
    """Send `state` (READY=1, WATCHDOG=1, STOPPING=1) to systemd; False where nobody listens."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]  # an abstract socket
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as wire:
        try:
            wire.sendto(state.encode(), address)
        except OSError:
            return False  # systemd went away: that is no reason to stop watching
    return True


@dataclass(slots=True, kw_only=True)
class Pulse:
    """When each part of the daemon last got something done, in monotonic seconds.

    The watchdog is fed from these and never from a timer alone: a loop that still turns
    while no look and no delivery can finish is a dead daemon. Monotonic, because a clock
    that is set back or forth says nothing about us.
    """

    started_at: datetime  # aware, UTC
    looks: float = field(default_factory=monotonic)
    sending: float = field(default_factory=monotonic)
    sent: float = 0.0  # all that was due was tried, and how it went is written down

    def stuck(self) -> str | None:
        """Which part has done nothing for too long; None while all is well."""
        for name, at in (("looks", self.looks), ("deliveries", self.sending)):
            if monotonic() - at > STUCK_AFTER_S:
                return f"{name} have not moved for {monotonic() - at:.0f} seconds"
        return None


async def serve_health(pulse: Pulse, listen: str) -> web.AppRunner:
    """Answer /healthz on `listen` (host:port); the caller cleans the runner up.

    Raises OSError where the address is taken.
    """

    async def healthz(_request: web.Request) -> web.Response:
        stuck = pulse.stuck()
        return web.json_response(
            {"ok": stuck is None, "stuck": stuck, "since": pulse.started_at.isoformat()},
            status=200 if stuck is None else 503,
        )

    app = web.Application()
    app.add_routes([web.get("/healthz", healthz)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    host, _, port = listen.rpartition(":")
    await web.TCPSite(runner, host.strip("[]"), int(port)).start()
    return runner
