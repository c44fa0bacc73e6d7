"""Words too common in news to show that one text comes from another: function words, calendar, the verbs of saying."""

from __future__ import annotations

COMMON_WORDS = frozenset(
    """
    a about above according across after again against ago all almost alone along already also although always am among
    an and another any anybody anyone anything are aren't around as ask asked asking at away back be became because
    become been before began behind being below between both but by came can can't cannot come could couldn't day days
    did didn't do does doesn't doing don't done down during each early either else end even ever every everybody
    everyone everything far few first for former from full further gave get gets getting give given gives go goes going
    gone good got great had hadn't half has hasn't have haven't having he he'd he'll he's her here hers herself him
    himself his how however i i'd i'll i'm i've if in indeed instead into is isn't it it'd it'll it's its itself just
    keep kind know known largely last late later least less let like likely little long look made make makes making
    many may maybe me mean meanwhile might mine more moreover most much must my myself near nearly need neither never
    new next no nobody none nor not nothing now of off often on once one ones only onto or other others our ours
    ourselves out over own part people perhaps place point put quite rather really report reported reportedly reporter
    reporters reports right said same saw say saying says second see seem seemed seems seen set several shall she
    should since so some somebody someone something soon still such take taken takes tell than that that's the their
    theirs them themselves then there there's these they they'd they'll they're they've thing things think third this
    those though thought three through thus till time to today together told too took toward towards two under unless
    until up upon us use used very want wanted was wasn't way we we'd we'll we're we've week weeks well went were
    weren't what what's whatever when where whether which while who who's whole whom whose why will with within without
    won't would wouldn't year years yes yesterday yet you you're your yours yourself month months monday tuesday
    wednesday thursday friday saturday sunday january february march april june july august september october november
    december jan feb mar apr jun jul aug sept sep oct nov dec four five six seven eight nine ten hundred thousand
    million billion mr mrs ms dr added announced told spokesman spokeswoman spokesperson
    """.split()
)
