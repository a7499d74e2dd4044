"""Coverage of flows: which actions and transitions were run while it was measured.

with measured() as coverage:
    ...
print(coverage.percent)
"""

from connect_mock.flow_coverage.measuring import Coverage, FlowCoverage, measured

__all__ = ["Coverage", "FlowCoverage", "measured"]
