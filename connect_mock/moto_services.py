"""What Amazon Connect asks of other services, answered by moto's backends in this process."""

from __future__ import annotations
