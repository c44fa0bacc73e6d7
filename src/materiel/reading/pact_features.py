"""What is known of a pact's word and of those who may be its parties, as features that trained weights weigh.

As with supplies (:mod:`party_features`), a feature says which state a candidate is and who is party together with whom;
of which kind a pact is and how far it came, the words tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from spacy.tokens import Span, Token

from materiel.reading.clauses import VERBAL, auxiliaries, is_negated, verb_above
from materiel.reading.lexicons import words
from materiel.reading.memory import Recalled
from materiel.reading.pact_parties import clause_above
from materiel.reading.pact_sites import Candidate, Spot
from materiel.reading.pact_terms import pact_kind, pact_status, work_status
from materiel.reading.party_features import governing_preposition, head_features, path, tie
from materiel.reading.views import SentenceView
from materiel.terms.actors import states
from materiel.terms.statements import Transfer

_BODIES = frozenset({"NATO", "EU", "UN", "G7"})
_BEFORE, _CONTENT = frozenset({"amod", "compound", "nmod", "nummod"}), frozenset({"NOUN", "VERB", "ADJ"})
_NAMED = frozenset({"GPE", "NORP", "PERSON"})
UNMARTIAL = "rule.kind=-"
"""The feature of a word that the rules take for a pact of no matter of arms."""
_LEAD, _SHARES = 1.5, (0.03, 0.08, 0.15, 0.3)
"""So many times oftener than the next is the state named of which an article is; steps of the share of all mentions."""
_NEAR = 8
"""How many words around a pact's word are looked at one by one."""


# -- the word ---------------------------------------------------------------------------------------------------------


def word_features(view: SentenceView, spot: Spot, date: str | None, *, number: int) -> Iterator[str]:
    """What speaks for and against the word telling of a pact; ``number`` is that of its sentence in the article."""
    word = spot.word
    lemma = _lemma(word)
    yield from (f"lemma={lemma}", f"pos={word.pos_}", f"dep={word.dep_}", f"number={word.tag_}")
    yield f"opening={min(number, 4)}"
    yield f"capital={word.text[:1].isupper():d}"
    determiners = {c.lower_ for c in word.children if c.dep_ in {"det", "poss", "neg"}}
    yield from (f"det={each}" for each in determiners or {"-"})
    yield f"lemma.det={lemma}.{min(determiners, default='-')}"
    yield from (f"below={_lemma(c)}" for c in _nameless(view, word.children) if c.dep_ in _BEFORE)
    yield from (f"prep={c.lower_}" for c in word.children if c.dep_ in {"prep", "agent"})
    yield from (f"clause={c.dep_}.{_lemma(c)}.{c.tag_}" for c in word.children if c.dep_ in {"relcl", "acl", "appos"})
    if word.dep_ == "pobj":
        yield from (f"under={word.head.lower_}", f"under={word.head.lower_}.{_lemma(word.head.head)}")
    yield from _verb_features(word)
    sentence = view.sentence
    yield f"goods={any(t.i in view.parse.good_at for t in sentence):d}"
    if any(t.i in view.parse.good_at for t in word.subtree):
        yield "goods.below"
    yield from (
        f"near={_lemma(t)}" for t in _nameless(view, _near(sentence, word)) if t.pos_ in {*_CONTENT, "ADV", "ADP"}
    )
    yield from (f"sent={_lemma(t)}" for t in _nameless(view, sentence) if t.pos_ in _CONTENT)
    yield f"dated={date is not None:d}"
    for proposal in spot.proposals:
        yield from (f"rule={proposal.rule}", f"rule.status={proposal.claim.status.value}")
        yield from (f"rule.kind={proposal.claim.pact.value}", f"rule.size={min(len(proposal.claim.parties), 4)}")
    if not spot.proposals:
        yield from ("rule=none", f"none.lemma={lemma}")


def telling_features(view: SentenceView, spot: Spot, date: str | None, published_on: str | None) -> Iterator[str]:
    """What speaks for the kind and the status of the pact that the word tells of."""
    word = spot.word
    lemma = _lemma(word)
    if word.pos_ in {"NOUN", "PROPN"}:
        status = pact_status(word, date, published_on)
        kind = pact_kind(view.parse, word, view.sentence, [])
        yield f"rule.status={status.value if status else '-'}"
        yield f"rule.kind={kind.value}" if kind else UNMARTIAL
    else:
        yield f"rule.work={work_status(word).value}"
    for proposal in spot.proposals:
        yield f"proposed.status={proposal.claim.status.value}"
        yield from (f"proposed.kind={proposal.claim.pact.value}", f"proposed.rule={proposal.rule}")
    yield f"age={_age(date, published_on)}"
    yield f"lemma={lemma}"
    yield from (f"below={_lemma(c)}" for c in _nameless(view, word.children) if c.dep_ in _BEFORE)
    yield from (f"subtree={_lemma(t)}" for t in _nameless(view, word.subtree) if t.pos_ in _CONTENT)
    yield from (f"clause={_lemma(c)}.{c.tag_}" for c in word.children if c.dep_ in {"relcl", "acl", "appos"})
    if word.dep_ == "pobj":
        yield f"under={word.head.lower_}"
    yield from _verb_features(word)
    near = _nameless(view, _near(view.sentence, word))
    yield from (f"near={_lemma(t)}" for t in near if t.pos_ not in {"PUNCT", "NUM", "SPACE", "PROPN"})
    yield from (f"sent={_lemma(t)}" for t in _nameless(view, view.sentence) if t.pos_ in _CONTENT)
    yield f"goods={any(t.i in view.parse.good_at for t in view.sentence):d}"
    classes = {view.parse.good_at[t.i].materiel.split(".")[0] for t in view.sentence if t.i in view.parse.good_at}
    yield from (f"class={each}" for each in sorted(classes))


def _verb_features(word: Token) -> Iterator[str]:
    """The verb of the word's clause and the nearest one above it, with their times."""
    verb = word if word.pos_ in VERBAL else verb_above(word)
    if verb is None:
        yield "verb=none"
        return
    tense = _tense(verb)
    yield from (f"verb={_lemma(verb)}", f"tense={tense}", f"verb.tense={_lemma(verb)}.{tense}")
    yield f"verb.dep={_lemma(verb)}.{word.dep_}"
    if is_negated(verb):
        yield "negated"
    above = clause_above(word)
    if above and above[-1].i != verb.i:
        yield from (f"above={_lemma(above[-1])}", f"above.tense={_tense(above[-1])}")


def _tense(verb: Token) -> str:
    helpers = sorted(auxiliaries(verb) | {c.lower_ for c in verb.children if c.dep_ == "auxpass"})
    return f"{verb.tag_}.{'+'.join(helpers)}"


def _age(date: str | None, published_on: str | None) -> str:
    if date is None or not published_on or not date[:4].isdigit():
        return "undated"
    years = int(published_on[:4]) - int(date[:4])
    if years == 0:
        return "month" if date[:7] == published_on[:7] and len(date) >= 7 else "year"
    return "future" if years < 0 else "1" if years == 1 else "4" if years < 5 else "old"


def _near(sentence: Span, word: Token) -> Iterator[Token]:
    return (t for t in sentence if t.i != word.i and abs(t.i - word.i) <= _NEAR)


def _nameless(view: SentenceView, tokens: Iterable[Token]) -> Iterator[Token]:
    """The words that are no part of a name: who agrees must not tell what is agreed."""
    return (token for token in tokens if token.i not in view.parse.actor_at and token.ent_type_ not in _NAMED)


def _lemma(token: Token) -> str:
    return token.lemma_.lower()


# -- the parties ------------------------------------------------------------------------------------------------------


def candidate_features(
    view: SentenceView, spot: Spot, candidate: Candidate, everybody: Sequence[Candidate]
) -> Iterator[str]:
    """What speaks for and against the candidate as a party to the pact of the word."""
    word, code = spot.word, candidate.code
    kind = "state" if code in states() else "body" if code in _BODIES else "other"
    here = [each for each in everybody if each.named]
    named_states = sum(each.code in states() for each in here)
    crowd = f"{min(named_states, 4)}"
    yield f"type={kind}"
    yield from _rule_features(spot, candidate)
    yield from _topic_features(view, code)
    if candidate.recalled is not None:
        recalled = candidate.recalled
        ago = "0" if recalled.ago == 0 else "1" if recalled.ago == 1 else "4" if recalled.ago < 5 else "far"
        place = next(n for n, each in enumerate(c for c in everybody if not c.named) if each is candidate)
        yield from (f"ago={ago}", f"ago.subject={ago}.{recalled.was_subject:d}", f"ago.crowd={ago}.{crowd}")
        yield from (f"recalled={recalled.recalled_as}", f"recalled.place={min(place, 4)}.{crowd}")
        yield f"recalled.lemma={_lemma(word)}"
        return
    yield from (f"named.crowd={crowd}", f"type.crowd={kind}.{crowd}", f"mentions={min(len(candidate.named), 3)}")
    order = next(n for n, each in enumerate(here) if each is candidate)
    yield f"order={min(order, 3)}.{min(len(here), 4)}"
    nearest = min(abs(p.token.i - word.i) for p in candidate.named if p.token is not None)
    nearer = sum(
        min(abs(p.token.i - word.i) for p in each.named if p.token is not None) < nearest
        for each in here
        if each is not candidate
    )
    yield f"nearer={min(nearer, 3)}"
    verb = word if word.pos_ in VERBAL else verb_above(word)
    clauses = [c for c in word.children if c.dep_ in {"relcl", "acl"} and c.pos_ in VERBAL]
    for party in candidate.named:
        token = party.token
        if token is None:
            continue
        yield from _phrase_features(view, word, token)
        hang = tie(word, token)
        yield from (f"own={hang}", f"own.crowd={hang}.{crowd}", f"own.type={kind}.{hang}")
        yield f"own.lemma={_lemma(word)}.{hang}"
        if verb is not None and verb.i != word.i:
            hang = tie(verb, token)
            yield from (f"verb={hang}", f"verb.lemma={_lemma(verb)}.{hang}", f"verb.dep={word.dep_}.{hang}")
            yield f"verb.signs={_lemma(verb) in words('pact-verb'):d}.{word.dep_}.{hang}"
        for clause in clauses:
            yield from (f"clause={tie(clause, token)}", f"clause.lemma={_lemma(clause)}.{tie(clause, token)}")
        if len(party.actors) > 1:
            yield f"joined={len(party.actors)}"


def _phrase_features(view: SentenceView, word: Token, token: Token) -> Iterator[str]:
    preposition = governing_preposition(token)
    mention = view.parse.actor_at.get(token.i)
    named_as = mention.kind if mention else f"{token.pos_.lower()}.{token.ent_type_ == 'ORG':d}"
    side = "before" if token.i < word.i else "after"
    distance = abs(token.i - word.i)
    bucket = "1" if distance < 2 else "3" if distance < 4 else "7" if distance < 8 else "15" if distance < 16 else "far"
    yield from (f"kind={named_as}", f"dep={token.dep_}", f"prep={preposition}", f"kind.prep={named_as}.{preposition}")
    yield from (f"side={side}.{bucket}", f"side.prep={side}.{preposition}", f"path={path(word, token)}")
    yield from head_features(view, token, preposition)
    if token.head.ent_type_ == "ORG" and token.dep_ in {"poss", "amod", "compound", "nmod", "appos"}:
        yield "owns-organisation"
    if token.pos_ not in {"PROPN", "ADJ"} and not mention:
        yield f"noun={_lemma(token)}"


def _rule_features(spot: Spot, candidate: Candidate) -> Iterator[str]:
    if not spot.proposals:
        yield "rule=none"
    for proposal in spot.proposals:
        parties = proposal.claim.parties
        state = f"{'in' if candidate.code in parties else 'out'}"
        yield from (f"rule={state}", f"rule={state}.{min(len(parties), 4)}", f"rule={state}.{proposal.rule}")
        yield f"rule={state}.{'named' if candidate.named else 'recalled'}"


def _topic_features(view: SentenceView, code: str) -> Iterator[str]:
    """What the article has made of the candidate so far."""
    memory, government = view.resolver.memory, view.resolver.government
    counts = Counter(memory.places)
    ranked = sorted(counts, key=lambda each: (-counts[each], each))
    rank = ranked.index(code) if code in counts else 9
    yield f"rank={min(rank, 4)}"
    yield f"rank={min(rank, 4)}.{min(len(ranked), 4)}"
    if government is not None:
        yield f"government={government.code == code:d}"
    if memory.last_pair:
        yield f"last-pair={code in memory.last_pair:d}"
    pair = memory.latest_pair()
    if pair:
        yield f"latest-pair={code in pair:d}"
    if memory.sentences:
        yield f"opening={any(r.actor.code == code for r in memory.sentences[0]):d}"
    told = [parties for parties, _, _ in memory.pacts]
    if told:
        yield f"told={any(code in parties for parties in told):d}"


def together_features(
    chances: Sequence[float], others: Sequence[float], spot: Spot, parties: frozenset[str]
) -> Iterator[str]:
    """What the chances of the chosen parties and of the rest say of whether there is a pact."""
    low, high = min(chances), max(others, default=0.0)
    yield from (f"party.least={_part(low, 10)}", f"party.rest={_part(high, 10)}", f"parties={min(len(chances), 4)}")
    yield f"party.both={_part(low, 5)}.{_part(high, 5)}"
    if spot.proposals:
        same = any(frozenset(proposal.claim.parties) == parties for proposal in spot.proposals)
        yield from (f"rule.same={same:d}", f"rule.same={same:d}.{spot.proposals[0].rule}")
    firms = sum(code not in states() and code not in _BODIES for code in parties)
    yield f"firms={min(firms, 2)}.{min(len(parties), 3)}"
    known = sorted(code for code in parties if code in states() or code in _BODIES)
    yield from (f"with={one}+{other}" for one, other in combinations(known, 2))


def _part(chance: float, parts: int) -> int:
    """In which of so many equal parts of the way from 0 to 1 a chance lies."""
    return min(int(chance * parts), parts - 1)


# -- the article ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ArticleActors:
    """What a whole article says of its actors.

    Attributes:
        counts: how often each is mentioned.
        states: the states among them, the one mentioned most first.
        in_title, in_lead: those that the title and the first two sentences name.
        subjects: how often each is the subject of a sentence.
        deals: in how many supplies that the rules found each takes part.
    """

    counts: Counter[str]
    states: tuple[str, ...]
    in_title: frozenset[str]
    in_lead: frozenset[str]
    subjects: Counter[str]
    deals: Counter[str]


def article_actors(sentences: Sequence[Sequence[Recalled]], supplies: Iterable[Transfer]) -> ArticleActors:
    """The actors of an article.

    Args:
        sentences: those remembered of each sentence; of the title first.
        supplies: what the rules found of supply.
    """
    body = [recalled for sentence in sentences[1:] for recalled in sentence]
    counts = Counter(r.actor.code for r in body if r.actor.code is not None and r.kind != "pronoun")
    ranked = sorted((code for code in counts if code in states()), key=lambda code: (-counts[code], code))
    deals: Counter[str] = Counter()
    for supply in supplies:
        if supply.supplier and supply.recipient:
            deals.update((supply.supplier, supply.recipient))
    return ArticleActors(
        counts,
        tuple(ranked),
        _codes(sentences[:1]),
        _codes(sentences[1:3]),
        Counter(r.actor.code for r in body if r.actor.code is not None and r.is_subject),
        deals,
    )


def _codes(sentences: Sequence[Sequence[Recalled]]) -> frozenset[str]:
    return frozenset(r.actor.code for sentence in sentences for r in sentence if r.actor.code is not None)


def article_features(actors: ArticleActors, candidate: Candidate, crowd: int) -> Iterator[str]:
    """What the whole article says for and against a candidate; ``crowd`` is how many the sentence names."""
    code, how = candidate.code, "named" if candidate.named else "recalled"
    rank = actors.states.index(code) if code in actors.states else 9
    leads = rank == 0 and len(actors.states) > 1 and actors.counts[code] >= _LEAD * actors.counts[actors.states[1]]
    share = actors.counts[code] / max(actors.counts.total(), 1)
    yield f"article.rank={'leads' if leads else min(rank, 4)}.{how}"
    yield f"article.rank.crowd={min(rank, 4)}.{how}.{min(crowd, 3)}"
    yield f"article.share={sum(share >= step for step in _SHARES)}.{how}"
    yield from (f"article.title={code in actors.in_title:d}.{how}", f"article.lead={code in actors.in_lead:d}.{how}")
    yield f"article.subject={min(actors.subjects[code], 3)}.{how}"
    yield f"article.deals={min(actors.deals[code], 3)}.{how}"
    if code in states():
        yield f"state={code}"


def unnamed_features(spot: Spot, crowd: int) -> Iterator[str]:
    """What is known of a state that neither the sentence nor one before it names."""
    yield from ("type=state", "ago=never", f"ago.crowd=never.{min(crowd, 3)}")
    yield "rule=out" if spot.proposals else "rule=none"
