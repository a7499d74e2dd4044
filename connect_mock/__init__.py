"""connect-mock: Amazon Connect in process, for tests.

    from connect_mock import mock_connect

    @mock_connect
    def test_something(): ...

Importing it also puts this Connect in the place of moto's own, so that plain `mock_aws` serves it.
"""

from connect_mock import clock, moto_bridge
from connect_mock.collection import UnknownMemberWarning
from connect_mock.decorator import MockConnect, mock_connect
from connect_mock.handle import AmazonConnect

__all__ = ["AmazonConnect", "MockConnect", "UnknownMemberWarning", "clock", "mock_connect"]
__version__ = "0.1.0"

moto_bridge.install()
