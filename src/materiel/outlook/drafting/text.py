"""A draft as YAML text for a person to go on with: what to do at its head, and a comment over each part."""

from __future__ import annotations

import textwrap

from materiel.outlook.drafting.drafting import Draft
from materiel.outlook.scenario.dumping import dump_scenario

_WIDTH = 116
_HEAD = """\
A scenario drafted from {dossier}, as its register stood on {start}.

Every number below that has `evidence` stands in the register under that id: `materiel why ID` shows the sentences.
Where sources give different figures, the number is the range in which they lie.

Every `blank` is a number that the model needs and no source of the dossier gives. Give each a `value` or a `spread`,
and say where it comes from: `evidence`, a `source` that is public, or an `assumption` with its reason. Then
`materiel outlook FILE` runs it; before that it lists the blanks.

The register tells what was reported, lines that were read wrongly too: strike what is not so. It does not tell what
makes a state feel threatened, what nobody knows, or what is to be compared: `states`, `unknowns`, `policies` and
`outcomes` are yours to add; docs/scenarios.md says how."""
_COMMENTS = {
    "materiel": "What is counted. All of it in pieces: sources call one thing shells, rounds or items.",
    "numbers": "Figures that the register tells, by name: a formula may use them as $name.",
    "stocks": "Who has what when it begins. A `reserve` below which nothing is given away is yours to add.",
    "lines": "What is made.",
    "orders": "What was ordered, and waits until the supplier can spare it.",
    "routes": "What is sent. Where it is withheld it waits for a switch; where a commitment is about it, for an event.",
    "needs": "What is used up.",
    "switches": "Restraints: 0 while the supply is withheld.",
    "events": "What the conditions of the commitments wait for, and nothing above brings about.",
    "commitments": "What was promised, threatened or declared, and stood on that day; the clauses of pacts too.",
    "so_far": "Pacts and stances that stand.",
}


def draft_text(draft: Draft) -> str:
    """The YAML text of a draft; the same draft gives the same text."""
    scenario = draft.scenario
    head = _HEAD.format(dossier=scenario.dossier, start=scenario.start.isoformat())
    if draft.left_out:
        left_out = (
            textwrap.fill(each, _WIDTH, initial_indent="  ", subsequent_indent="    ") for each in draft.left_out
        )
        head = "\n".join((head, "", "Left out of the draft:", *left_out))
    text = dump_scenario(scenario, comment=head)
    for field, comment in _COMMENTS.items():
        text = text.replace(f"\n\n{field}:\n", f"\n\n# {comment}\n{field}:\n", 1)
    return text
