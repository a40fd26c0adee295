"""Numbers of persons and wallets in the API: shown by policy, masked otherwise."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.identifiers import number_for_all
from registry.models import Operator
from registry.policies import may_see_iin, may_see_wallets

SHOWN_OF_A_WALLET = 4


@extend_schema_field(OpenApiTypes.STR)
class NumberField(serializers.Field[Any, Any, Any, Any]):
    """An operator's BIN or IIN; an IIN is masked for who may not see it."""

    def __init__(self, of: str = "*", **more: Any) -> None:
        super().__init__(source=of, read_only=True, **more)

    def to_representation(self, operator: Operator) -> str:
        return operator.bin if may_see_iin(self.context["request"].user) else operator.masked_number


@extend_schema_field(OpenApiTypes.STR)
class MaskedField(serializers.Field[Any, Any, Any, Any]):
    """A BIN or IIN that a row states; an IIN is masked for who may not see it."""

    def __init__(self, **more: Any) -> None:
        super().__init__(read_only=True, **more)

    def to_representation(self, number: str) -> str:
        return number if may_see_iin(self.context["request"].user) else number_for_all(number)


@extend_schema_field(OpenApiTypes.STR)
class WalletField(serializers.Field[Any, Any, Any, Any]):
    """A wallet; its last signs for who may not see all that its owner ever did."""

    def __init__(self, **more: Any) -> None:
        super().__init__(read_only=True, **more)

    def to_representation(self, wallet: str) -> str:
        reads = may_see_wallets(self.context["request"].user)
        return wallet if reads else f"…{wallet[-SHOWN_OF_A_WALLET:]}"
