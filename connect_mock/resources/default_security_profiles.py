"""The four security profiles that a new instance holds.

Names, descriptions and permissions are those of an export of a real instance from 2022. Features that came later brought
permissions of their own, which the Admin of a real instance has as well. Agent had four more in that export, as its owner may
have given them: `BasicAgentAccess` and `OutboundCallAccess` are those of the administrator guide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class DefaultSecurityProfile:
    """What a new instance is given."""

    name: str
    description: str
    granted: str
    """Permissions, those on one thing written together: `Queues.Edit/View`."""

    @property
    def permissions(self) -> list[str]:
        """As ListSecurityProfilePermissions shows them."""
        return [permission for each in self.granted.split() for permission in _single(each)]


def _single(granted: str) -> Iterator[str]:
    thing, dot, actions = granted.partition(".")
    yield from (f"{thing}{dot}{action}" for action in actions.split("/"))


DEFAULT_SECURITY_PROFILES = (
    DefaultSecurityProfile(
        name="Admin",
        description="An administrator can perform all actions available.",
        granted="""
            AccessMetrics AgentGrouping.Create/Edit/EnableAndDisable/View AgentStates.Create/Edit/EnableAndDisable/View
            AgentTimeCard.View BasicAgentAccess Campaigns.Create/Delete/Edit/Manage/View ContactAttributes.View
            ContactFlows.Create/Edit/Publish/View ContactFlowModules.Create/Edit/Publish/View ContactSearch.View
            DeleteCallRecordings DownloadCallRecordings HistoricalChanges.View HoursOfOperation.Create/Edit/View
            ListenCallRecordings ManagerListenIn MetricsReports.Create/Delete/Edit/Publish/Schedule/View OutboundCallAccess
            PhoneNumbers.Claim/Edit/Release/View Prompts.Create/Delete/Edit/View Queues.Create/Edit/EnableAndDisable/View
            ReportSchedules.Create/Delete/Edit/View RoutingPolicies.Create/Edit/View
            SecurityProfiles.Create/Delete/Edit/View TransferDestinations.Create/Edit/View
            Users.Create/Delete/Edit/EditPermission/View
        """,
    ),
    DefaultSecurityProfile(
        name="Agent",
        description=(
            "An agent is a user of the system that is focused on customer care and/or sales.  "
            "Their role is unlikely to be technical."
        ),
        granted="BasicAgentAccess OutboundCallAccess",
    ),
    DefaultSecurityProfile(
        name="CallCenterManager",
        description="A call center manager (or call center admin) manages the day-to-day aspects of the call center.",
        granted="""
            AccessMetrics AgentGrouping.View AgentStates.View AgentTimeCard.View ContactAttributes.View ContactFlows.View
            ContactSearch.View DeleteCallRecordings DownloadCallRecordings HoursOfOperation.Create/Edit/View
            ListenCallRecordings ManagerListenIn MetricsReports.Create/Delete/Edit/Publish/Schedule/View
            PhoneNumbers.Claim/Edit/View Prompts.View Queues.Edit/View ReportSchedules.Create/Delete/Edit/View
            RoutingPolicies.View SecurityProfiles.View TransferDestinations.View Users.Create/Edit/EnableAndDisable/View
        """,
    ),
    DefaultSecurityProfile(
        name="QualityAnalyst",
        description="A quality analyst works to improve the customer experience and keeps track of live service metrics.",
        granted="AccessMetrics AgentTimeCard.View ContactAttributes.View ContactSearch.View",
    ),
)
