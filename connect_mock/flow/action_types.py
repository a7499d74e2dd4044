"""The action types of the flow language, by AWS's own chapters (Amazon Connect developer guide, Flow language)."""

CONTACT_ACTIONS = frozenset(
    {
        "CompleteOutboundCall",
        "CreateCase",
        "CreateTask",
        "CreateWisdomSession",
        "DequeueContactAndTransferToQueue",
        "EndFlowModuleExecution",
        "GetCase",
        "InvokeFlowModule",
        "ResumeContact",
        "StartOutboundChatContact",
        "TagContact",
        "TransferContactToAgent",
        "TransferContactToQueue",
        "UntagContact",
        "UpdateCase",
        "UpdateContactAttributes",
        "UpdateContactCallbackNumber",
        "UpdateContactData",
        "UpdateContactEventHooks",
        "UpdateContactMediaProcessing",
        "UpdateContactMediaStreamingBehavior",
        "UpdateContactRecordingAndAnalyticsBehavior",
        "UpdateContactRecordingBehavior",
        "UpdateContactRoutingBehavior",
        "UpdateContactTargetQueue",
        "UpdateContactTextToSpeechVoice",
        "UpdatePreviousContactParticipantState",
    }
)
FLOW_CONTROL_ACTIONS = frozenset(
    {
        "CheckHoursOfOperation",
        "CheckMetricData",
        "CheckOutboundCallStatus",
        "CheckVoiceId",
        "Compare",
        "DistributeByPercentage",
        "EndFlowExecution",
        "GetMetricData",
        "Loop",
        "StartVoiceIdStream",
        "TransferToFlow",
        "UpdateContactRoutingCriteria",
        "UpdateFlowAttributes",
        "UpdateFlowLoggingBehavior",
        "Wait",
    }
)
INTERACTION_ACTIONS = frozenset(
    {
        "AssociateContactToCustomerProfile",
        "CreateCallbackContact",
        "CreateCustomerProfile",
        "GetCalculatedAttributesForCustomerProfile",
        "GetCustomerProfile",
        "GetCustomerProfileObject",
        "InvokeLambdaFunction",
        "UpdateCustomerProfile",
    }
)
PARTICIPANT_ACTIONS = frozenset(
    {
        "ConnectParticipantWithLexBot",
        "DisconnectParticipant",
        "GetParticipantInput",
        "MessageParticipant",
        "MessageParticipantIteratively",
        "ShowView",
    }
)
OTHER_ACTIONS = frozenset(
    {
        "AuthenticateParticipant",
        "ConnectParticipantWithAgenticCX",
        "CreateContact",
        "CreatePersistentContactAssociation",
        "EvaluateDataTableValues",
        "ListDataTableValues",
        "LoadContactContent",
        "RenderMessageTemplate",
        "StartOutboundEmailContact",
        "TransferParticipantToThirdParty",
        "UpsertDataTableValues",
    }
)
CAMPAIGN_ACTIONS = frozenset(
    {
        "GetOutboundCommunicationStatus",
        "PutDialRequest",
        "PutLambdaInvokeRequest",
        "SendOutboundEmail",
        "SendSMS",
    }
)
ACTION_TYPES = (
    CONTACT_ACTIONS | FLOW_CONTROL_ACTIONS | INTERACTION_ACTIONS | PARTICIPANT_ACTIONS | OTHER_ACTIONS | CAMPAIGN_ACTIONS
)
"""All of them. The full account of each, with its parameters and branches, is to take this list's place."""
