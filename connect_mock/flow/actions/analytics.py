"""Conversational analytics: what the two actions that set it say, in the words of DescribeContact.

Source: documentation of ConversationalAnalyticsConfiguration and its members (service model), and of the two actions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from connect_mock.flow.language import at

Given = Mapping[str, Any]

REDACTED_IN_FLIGHT = frozenset({"de-DE", "en-AU", "en-GB", "en-IN", "en-US", "es-US", "fr-CA", "fr-FR", "it-IT", "pt-BR"})
"""Languages of messages that can be redacted before they are delivered (administrator guide, languages of Contact Lens)."""


def configuration(given: Given) -> dict[str, Any]:
    """Of VoiceAnalyticsBehavior or ChatAnalyticsBehavior."""
    redaction = given.get("ConversationalAnalyticsRedactionConfiguration") or {}
    return _said(
        **_common(given),
        ChannelConfiguration=_said(AnalyticsModes=given.get("AnalyticsModes")),
        RedactionConfiguration=_said(
            Behavior=_switch(redaction.get("Enabled")),
            Policy=redaction.get("RedactionResults"),
            MaskMode=redaction.get("RedactionMaskMode"),
            Entities=redaction.get("RedactionEntities"),
        ),
    )


def older_configuration(given: Given, channel: str) -> dict[str, Any]:
    """Of AnalyticsBehavior, the older form; the oldest names one mode."""
    modes = at(given, f"ChannelConfiguration.{channel.title()}.AnalyticsModes")
    oldest = [given["AnalyticsMode"].replace("PostCall", "PostContact")] if "AnalyticsMode" in given else None
    return _said(
        **_common(given),
        ChannelConfiguration=_said(AnalyticsModes=modes or oldest),
        RedactionConfiguration=_said(
            Behavior=_switch(given.get("AnalyticsRedactionBehavior")),
            Policy=given.get("AnalyticsRedactionResults"),
            MaskMode=given.get("AnalyticsRedactionMaskMode"),
            Entities=given.get("AnalyticsRedactionEntities"),
        ),
    )


def cannot_redact(given: Given) -> str:
    """Why ChatAnalyticsBehavior asks for more than messages in flight allow; empty when it does not."""
    language = given.get("AnalyticsLanguage")
    wanted = _switch(at(given, "InFlightChatRedactionConfiguration.Enabled")) == "Enable"
    if not wanted or not language or language in REDACTED_IN_FLIGHT:
        return ""
    return f"messages in {language} cannot be redacted in flight, those in {', '.join(sorted(REDACTED_IN_FLIGHT))} can"


def _common(given: Given) -> dict[str, Any]:
    """What both forms have under the same names."""
    return {
        "Enabled": _switch(given.get("Enabled")) == "Enable",
        "LanguageLocale": given.get("AnalyticsLanguage"),
        "SummaryConfiguration": _said(SummaryModes=at(given, "SummaryConfiguration.SummaryModes")),
        "SentimentConfiguration": _said(Behavior=_switch(at(given, "SentimentConfiguration.Enabled"))),
    }


def _switch(text: Any) -> str | None:
    """`Enable` or `Disable`; None when nothing was said."""
    return None if text is None else "Enable" if text in ("True", "Enabled") else "Disable"


def _said(**members: Any) -> dict[str, Any]:
    """Those that there is something in."""
    return {name: value for name, value in members.items() if value not in (None, {})}
