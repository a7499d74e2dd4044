"""The namespaces of `$.` references: what a run of a flow keeps itself, and what it asks the contact for.

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
"""Filled by actions, and known to the run of the flow alone."""

CONTACT_ROOTS = frozenset(
    {
        "AdditionalEmailRecipients",
        "Agent",
        "Attributes",
        "AwsRegion",
        "Capabilities",
        "Channel",
        "ContactId",
        "CustomerCallBackPhoneNumber",
        "CustomerEndpoint",
        "CustomerId",
        "Description",
        "InitialContactId",
        "InitiationMethod",
        "InstanceARN",
        "LanguageCode",
        "Media",
        "MediaStreams",
        "Name",
        "PreviousContactId",
        "Queue",
        "References",
        "RelatedContactId",
        "SegmentAttributes",
        "SystemEndpoint",
        "Tags",
        "TextToSpeechVoiceId",
    }
)
"""Asked of the contact each time."""

ROOTS = RUN_ROOTS | CONTACT_ROOTS

SEGMENT_VALUES = frozenset({"ValueString", "ValueInteger", "ValueArn", "ValueList", "ValueMap"})
"""The members of SegmentAttributeValue, one of which holds the value (service model)."""
