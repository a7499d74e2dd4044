"""The rules of publishing, each a short generator of findings with a name that does not change; see `rule`."""

from connect_mock.flow.rules import constraints, documents, modules, parameters, references, resources, transitions, types
from connect_mock.flow.rules.publication import Holds, Publication, nothing_known
from connect_mock.flow.rules.rule import REGISTERED, Finding, Problem, Rule

__all__ = ["RULES", "Finding", "Holds", "Problem", "Publication", "Rule", "nothing_known"]

IN_ORDER = (documents, types, parameters, references, constraints, transitions, resources, modules)
"""In which the problems of an action are told."""

RULES: dict[str, Rule] = {
    name: rule for module in IN_ORDER for name, rule in REGISTERED.items() if rule.check.__module__ == module.__name__
}
"""All rules, by name."""
