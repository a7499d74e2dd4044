"""Lambda functions that an instance may invoke.

A flow that names another function can be published here: whether the service refuses it is only reported for some flows, and
the flow "Sample Lambda integration" of a new instance names a function that is not associated. The permission that the service
writes into the function's policy is not written.
"""

from __future__ import annotations

from dataclasses import dataclass

from connect_mock.operations import Operations
from connect_mock.other_services import check_exists
from connect_mock.quotas import Quota
from connect_mock.resources.associations import Association, check_arn


@dataclass(kw_only=True, slots=True, eq=False)
class LambdaFunction(Association):
    """A function that the instance may invoke. Its id is the function's ARN, as it was given."""

    quota = Quota("lambda_functions", 50)


class LambdaFunctionOperations(Operations):
    """The operations on associated Lambda functions."""

    def associate_lambda_function(self, *, instance_id: str, function_arn: str) -> None:
        """Allow the instance to invoke the function, or a version or alias of it.

        Raises InvalidParameterException for what is not the ARN of a function, ResourceConflictException for one that is there
        already and ServiceQuotaExceededException for too many; ResourceNotFoundException for a function that does not exist,
        under `mock_connect(check_other_services=True)`.
        """
        functions = self.instance(instance_id)[LambdaFunction]
        check_arn("FunctionArn", function_arn, "a Lambda function", "lambda", r"function:[\w-]+(?::[\w$-]+)?")
        check_exists(function_arn)
        functions.add(id=function_arn)

    def list_lambda_functions(self, *, instance_id: str) -> list[str]:
        """The ARNs, oldest first."""
        return [each.id for each in self.instance(instance_id)[LambdaFunction]]

    def disassociate_lambda_function(self, *, instance_id: str, function_arn: str) -> None:
        """Take the function back, whether flows name it or not; raises ResourceNotFoundException when it is not there."""
        functions = self.instance(instance_id)[LambdaFunction]
        functions.remove(functions.get(function_arn))
