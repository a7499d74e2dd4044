"""The namespaces of `$.` references that need telling apart; `language.json` lists them all.

Source: Amazon Connect administrator guide, "List of available contact attributes and their JSONPath references".
"""

RUN_ROOTS = frozenset(
    {
        "AgenticCX",
        "Case",
        "Customer",
        "DataTableList",
        "DataTables",
        "DeliveryReceipts",
        "Email",
        "External",
        "FlowAttributes",
        "LambdaInvocation",
        "Lex",
        "Loop",
        "Metrics",
        "Modules",
        "OutboundCommunication",
        "StoredCustomerInput",
        "Task",
        "Views",
        "Wisdom",
    }
)
"""Filled by actions, and known to the run of the flow alone; all others are asked of the contact each time."""

SEGMENT_VALUES = frozenset({"ValueString", "ValueInteger", "ValueArn", "ValueList", "ValueMap"})
"""The members of SegmentAttributeValue, one of which holds the value (service model)."""
