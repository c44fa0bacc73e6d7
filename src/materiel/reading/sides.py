"""What both sides of a condition are made of: supplies, filled from what was told before, owners, words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from materiel.reading.actors import Actor
from materiel.reading.parses import Parse
from materiel.reading.resolver import Resolver
from materiel.terms.statements import Clause, Transfer

_LONGEST = 160


def fill(claim: Transfer, resolver: Resolver, debtor: str | None) -> Transfer:
    """The supply with the party that its clause leaves out, from the supplies told before."""
    supplier, recipient = claim.supplier, claim.recipient
    if supplier is not None and recipient is not None:
        return claim
    told = [each for each in reversed(resolver.memory.supplies) if each.supplier or each.recipient]
    if recipient is None:
        recipient = next((t.recipient for t in told if t.recipient and supplier == t.supplier), None) or next(
            (
                t.recipient
                for t in told
                if t.recipient
                and t.recipient not in {supplier, debtor}
                and (supplier == debtor or t.supplier != debtor)
            ),
            None,
        )
    if supplier is None:
        supplier = next((t.supplier for t in told if t.supplier and recipient == t.recipient), None)
        if supplier is None and recipient == debtor:
            supplier = next((t.supplier for t in told if t.supplier and t.supplier != debtor), None)
    if recipient is None and supplier not in {None, debtor}:
        known = {t.recipient for t in told if t.supplier == debtor and t.recipient}
        rest = resolver.memory.topical_state(frozenset({*known, *filter(None, (supplier, debtor))}))
        recipient = rest[0].code if rest else None
    return between_parties(claim, supplier, recipient) if supplier != recipient else claim


def between_parties(claim: Transfer, supplier: str | None, recipient: str | None) -> Transfer:
    """The same goods between these two."""
    return replace(
        claim,
        supplier=supplier,
        recipient=recipient,
        supplier_name=claim.supplier_name if supplier == claim.supplier else None,
        recipient_name=claim.recipient_name if recipient == claim.recipient else None,
    )


def as_clause(claim: Transfer) -> Clause:
    """A supply as one side of a condition; a firm by its name."""
    supplier, recipient = claim.supplier_name or claim.supplier, claim.recipient_name or claim.recipient
    return Clause("transfer", supplier=supplier, recipient=recipient, materiel=claim.materiel)


def wording(tokens: Sequence[Token]) -> str:
    """The longest unbroken run of the tokens, in the text's words, cut at 160 characters."""
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and token.i == runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    if not runs:
        return ""
    run = max(runs, key=len)
    text = run[0].doc[run[0].i : run[-1].i + 1].text.strip(" ,.\"'")
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3].rsplit(" ", 1)[0] + " ..."


def owners_of(parse: Parse, resolver: Resolver, noun: Token) -> list[Actor]:
    """Whose the thing is: "training of the Ukrainian crews", "Seoul's export bank"."""
    for token in noun.subtree:
        if token.i in parse.actor_at and token != noun and token.dep_ not in {"nsubj", "dobj", "appos"}:
            if any(above.dep_ in {"relcl", "acl"} for above in _between(token, noun)):
                continue
            if actors := resolver.named(parse, token):
                return actors
    return []


def only_code(actors: Sequence[Actor]) -> str | None:
    codes = {actor.code for actor in actors if actor.code}
    return codes.pop() if len(codes) == 1 else None


def _between(token: Token, top: Token) -> Iterable[Token]:
    while token != top:
        yield token
        if token.head == token:
            return
        token = token.head
