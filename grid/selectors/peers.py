"""Where a meter stands among its peers: same tariff group, activity and region."""

from dataclasses import dataclass

from django.db.models import Count, Q

from grid.models import Meter, MeterProfile

FEWEST = 10
"""With fewer peers a share says nothing of the meter."""

REGION_DIGITS = 2


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """What meters must share to be peers; ``region`` is the first two digits of KATO.

    An empty ``activity`` is a group too: those of which no supplier tells it.
    """

    tariff_group: str
    activity: str
    region: str

    @property
    def known(self) -> bool:
        """Whether it says enough to be a group: without tariff or region it is a heap."""
        return bool(self.tariff_group and self.region)

    @property
    def meters(self) -> Q:
        """Meters of the group, as a condition on Meter."""
        return Q(
            tariff_group=self.tariff_group, activity=self.activity, kato__startswith=self.region
        )


@dataclass(frozen=True, slots=True)
class PeerPlace:
    """How many peers have a profile of the same day, and the share of them that lies below.

    Shares are 0 to 1; None with fewer than ten peers.
    """

    group: PeerGroup
    peers: int
    lower_load_factor: float | None = None
    lower_mean: float | None = None


def peer_group(meter: Meter) -> PeerGroup:
    """The group of a meter, whether or not it says enough."""
    return PeerGroup(meter.tariff_group, meter.activity, meter.kato[:REGION_DIGITS])


def place_among_peers(profile: MeterProfile) -> PeerPlace:
    """Where the profile's meter stands among its peers, by their profiles of the same day."""
    group = peer_group(profile.meter)
    if not group.known:
        return PeerPlace(group, 0)
    others = MeterProfile.objects.on(profile.until).exclude(meter=profile.meter_id)
    within = Q(meter__in=Meter.objects.filter(group.meters))
    found = others.filter(within).aggregate(
        peers=Count("pk"),
        factor=Count("pk", filter=Q(load_factor__lt=profile.load_factor)),
        mean=Count("pk", filter=Q(mean_kw__lt=profile.mean_kw)),
    )
    peers = found["peers"]
    if peers < FEWEST:
        return PeerPlace(group, peers)
    return PeerPlace(group, peers, found["factor"] / peers, found["mean"] / peers)
