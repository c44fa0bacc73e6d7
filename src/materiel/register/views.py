"""Views named after the nouns, for whoever opens the dossier in sqlite3 or Datasette: names beside codes."""

from __future__ import annotations

_GRADE = """e.support, e.reliability || e.credibility as grade, e.is_disputed, e.conflicts,
       e.first_known_on, e.last_known_on"""

_QUERIES: dict[str, str] = {
    "transfer": """
select e.id, coalesce(s.name, e.supplier) as supplier, coalesce(r.name, e.recipient) as recipient, e.materiel,
       e.stage, e.assertion, e.date, e.quantity, e.unit, e.value_usd, e.value, e.currency,
       coalesce(v.name, e.via) as via, e.supplier_name, e.recipient_name,
       e.supplier as supplier_code, e.recipient as recipient_code, <grade>
from entry e left join actor s on s.code = e.supplier left join actor r on r.code = e.recipient
     left join actor v on v.code = e.via
where e.kind = 'transfer'""",
    "commitment": """
select e.id, coalesce(d.name, e.debtor) as debtor, e.force, e.antecedent, e.consequent,
       e.debtor as debtor_code, <grade>
from entry e left join actor d on d.code = e.debtor where e.kind = 'commitment'""",
    "pact": """
select e.id, e.parties, e.pact, e.status, e.date, e.trigger, <grade> from entry e where e.kind = 'pact'""",
    "stance": """
select e.id, coalesce(h.name, e.holder) as holder, e.stance, coalesce(s.name, e.supplier) as supplier,
       coalesce(r.name, e.recipient) as recipient, e.holder as holder_code, <grade>
from entry e left join actor h on h.code = e.holder left join actor s on s.code = e.supplier
     left join actor r on r.code = e.recipient
where e.kind = 'stance'""",
    "measure": """
select e.id, coalesce(a.name, e.subject) as subject, e.measure, e.value, e.unit, e.period,
       e.subject as subject_code, <grade>
from entry e left join actor a on a.code = e.subject where e.kind = 'measure'""",
    "source": """
select d.id, d.publisher, d.published_on, d.title, d.author, d.url,
       (select min(f.file) from file f where f.document = d.id) as file,
       o.origin, o.origin = d.id as is_origin, o.outside,
       (select count(*) from origin a where a.document = d.id) as origins,
       (select group_concat(v.kind || ' of ' || v.source, '; ')
        from (select kind, source from derivation where document = d.id order by source) v) as derived_from,
       (select group_concat(c.name, '; ')
        from (select distinct name from credit where document = d.id order by name) c) as credited,
       (select count(*) from statement s where s.document = d.id) as statements
from document d left join origin o on o.document = d.id and o.position = 0""",
    "support": """
select es.entry, e.kind, es.role, st.quote, st.speaker, d.publisher, d.published_on, d.title,
       es.origin, es.carried_from, st.id as statement, st.document, st.start_char, st.end_char, st.reader
from entry_statement es join entry e on e.id = es.entry join statement st on st.id = es.statement
     join document d on d.id = st.document""",
    "judgement": """
select target as publisher, value as letter, reason, decided_by, decided_on
from decision where kind = 'reliability' and superseded_by is null""",
    "history": """
select p.entry, p.position, p.stage, p.assertion, p.happened_on, p.known_on, p.support from entry_step p""",
}

VIEWS: dict[str, str] = {name: query.replace("<grade>", _GRADE) for name, query in _QUERIES.items()}
"""Each view's name and query."""
