"""The providers of the two channels, with their circuits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ganger.clock import epoch_ms
from ganger.configuration import not_configured
from ganger.contracts.communication import Channel
from service_workers.hubs.communication.domain.sending import Carrier
from service_workers.hubs.guarding import Provider


@dataclass(frozen=True, slots=True)
class Line:
    """What carries the messages of one channel."""

    carrier: Carrier
    provider: Provider


@dataclass(frozen=True, slots=True)
class Carriers:
    """The lines that are set up; `lacking` names the variables of those that are not."""

    lines: Mapping[Channel, Line]
    lacking: tuple[str, ...] = ()

    def of(self, channel: Channel) -> Line:
        """The line of a channel.

        Raises:
            NotConfigured: it is not set up.
        """
        line = self.lines.get(channel)
        if line is None:
            raise not_configured(self.lacking)
        return line

    async def is_away(self, channel: Channel, at: datetime) -> bool:
        """Whether messages of that channel wait, for its provider is away."""
        line = self.lines.get(channel)
        if line is None:
            return True
        circuit = await line.provider.guard.circuit()
        return circuit.state != "closed" and epoch_ms(at) < circuit.until_ms
