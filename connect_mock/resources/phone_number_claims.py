"""Claims of phone numbers: search what is available, claim a number, import one of AWS End User Messaging.

Not emulated: that an account may claim and release only 200 % of its quota in 180 days, identity documents that some countries
ask for, and porting.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from connect_mock import clock
from connect_mock.collection import Selection
from connect_mock.errors import InvalidParameterException
from connect_mock.operations import Operations
from connect_mock.resources import phone_number_inventory as inventory
from connect_mock.resources.phone_number_inventory import AvailableNumber
from connect_mock.resources.phone_numbers import (
    PhoneNumber,
    Target,
    checked_prefix,
    failure_of,
    instance_arn_of,
    numbers,
    on_its_way,
    target_at,
    target_here,
)

IMPORTABLE = re.compile(r"arn:aws[a-z-]*:sms-voice:(?P<region>[a-z0-9-]+):(?P<account>\d{12}):phone-number/[\w-]+")
"""Numbers of AWS End User Messaging."""


class PhoneNumberClaimOperations(Operations):
    """The operations that find and get phone numbers."""

    def search_available_phone_numbers(
        self,
        *,
        phone_number_country_code: str,
        phone_number_type: str,
        phone_number_prefix: str | None = None,
        instance_id: str | None = None,
        target_arn: str | None = None,
    ) -> Selection[AvailableNumber]:
        """Numbers that can be claimed. A country without toll-free numbers has none, and short codes are never offered."""
        target_at(self, instance_id, target_arn)
        prefix = checked_prefix(phone_number_prefix)
        return inventory.offered(self, phone_number_country_code, phone_number_type, prefix)

    def claim_phone_number(
        self,
        *,
        phone_number: str,
        phone_number_description: str | None = None,
        instance_id: str | None = None,
        target_arn: str | None = None,
        tags: dict[str, str] | None = None,
    ) -> dict[str, str]:
        """A number from a search, or any other that nobody has. One whose claim failed within a day can be claimed again.

        Raises InvalidParameterException for a number that cannot be had (Terraform provider, recorded message).
        """
        target = target_here(self, instance_id, target_arn)
        country, number_type = self._identified(phone_number)
        self._forget_failed_claim(phone_number)
        if not inventory.is_free(self.everywhere(), phone_number):
            raise InvalidParameterException(f"Phone number not available: {phone_number}")
        return self._claim(
            target,
            phone_number=phone_number,
            country_code=country,
            type=number_type,
            description=phone_number_description,
            tags=tags or {},
        )

    def import_phone_number(
        self,
        *,
        instance_id: str,
        source_phone_number_arn: str,
        phone_number_description: str | None = None,
        tags: dict[str, str] | None = None,
    ) -> dict[str, str]:
        """A number of AWS End User Messaging in the same account and Region.

        moto does not emulate that service, so the number itself is made up: a DID of the United States.
        """
        target = self.instance(instance_id)
        self._check_importable(source_phone_number_arn)
        number = next(iter(inventory.offered(self, "US", "DID", "")))
        return self._claim(
            target,
            phone_number=number.phone_number,
            country_code=number.country_code,
            type=number.type,
            description=phone_number_description,
            source_phone_number_arn=source_phone_number_arn,
            tags=tags or {},
        )

    def _claim(self, target: Target, *, phone_number: str, **members: Any) -> dict[str, str]:
        failure = failure_of(self, target)
        inventory.take(self, phone_number)
        number = self[PhoneNumber].add(
            phone_number=phone_number,
            target_arn=target.arn,
            instance_arn=instance_arn_of(target),
            failure=failure,
            claimed_time=None if failure else clock.now(),
            lifecycle=on_its_way(failure),
            **members,
        )
        return {"PhoneNumberId": number.id, "PhoneNumberArn": number.arn}

    def _identified(self, phone_number: str) -> tuple[str, str]:
        """The country and type of a number."""
        found = inventory.known(self, phone_number)
        if found is None:
            raise InvalidParameterException(f"PhoneNumber must be a number of a known country, got {phone_number}")
        return found

    def _forget_failed_claim(self, phone_number: str) -> None:
        failed = numbers(self).named(phone_number)
        if failed and failed.claimed_time is None and failed.lifecycle.state == "FAILED":
            self[PhoneNumber].remove(failed)
            inventory.given_back(self, failed, rest=datetime.timedelta(0))

    def _check_importable(self, arn: str) -> None:
        found = IMPORTABLE.fullmatch(arn)
        if found is None or (found["region"], found["account"]) != (self.region_name, self.account_id):
            like = f"arn:{self.partition}:sms-voice:{self.region_name}:{self.account_id}:phone-number/<id>"
            raise InvalidParameterException(f"SourcePhoneNumberArn must be like {like}, got {arn}")
        if any(each.source_phone_number_arn == arn for each in numbers(self)):
            raise InvalidParameterException(f"SourcePhoneNumberArn {arn} was imported before")
