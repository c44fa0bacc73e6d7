-- A dossier of version 1, as it was made before support was counted by claims. Articles and outlets are invented.
BEGIN TRANSACTION;
CREATE TABLE actor (
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (code)
);
INSERT INTO "actor" VALUES('PRK','North Korea');
INSERT INTO "actor" VALUES('RUS','Russia');
CREATE TABLE decision (
	id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	target VARCHAR NOT NULL, 
	value TEXT, 
	reason TEXT, 
	decided_by VARCHAR NOT NULL, 
	decided_on VARCHAR NOT NULL, 
	superseded_by VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(superseded_by) REFERENCES decision (id)
);
INSERT INTO "decision" VALUES('de-000000000001','note','tr-00000000','kept','an example','K. Analyst','2024-07-01',NULL);
CREATE TABLE derivation (
	document VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	score FLOAT NOT NULL, 
	PRIMARY KEY (document, source), 
	FOREIGN KEY(document) REFERENCES document (id), 
	FOREIGN KEY(source) REFERENCES document (id)
);
INSERT INTO "derivation" VALUES('doc-f01c5029cd21','doc-ffe9402ec360','light-edit',0.8);
CREATE TABLE document (
	id VARCHAR NOT NULL, 
	title VARCHAR, 
	published_on VARCHAR, 
	publisher VARCHAR, 
	author VARCHAR, 
	url VARCHAR, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "document" VALUES('doc-ffe9402ec360','Shells by the quay','2024-06-20','Quay Post',NULL,NULL,'Pyongyang''s shells fill the depots by the quay. Nobody at the gate would speak.');
INSERT INTO "document" VALUES('doc-f01c5029cd21','Depots fill','2024-06-21','Tide Review',NULL,NULL,'Pyongyang''s shells fill the depots by the quay. The gate was shut.');
CREATE TABLE dossier (
	version INTEGER NOT NULL, 
	created_by VARCHAR NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "dossier" VALUES(1,'materiel 2026.1');
CREATE TABLE entry (
	id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	supplier VARCHAR, 
	recipient VARCHAR, 
	materiel VARCHAR, 
	stage VARCHAR, 
	assertion VARCHAR, 
	via VARCHAR, 
	unit VARCHAR, 
	currency VARCHAR, 
	date VARCHAR, 
	supplier_name VARCHAR, 
	recipient_name VARCHAR, 
	debtor VARCHAR, 
	force VARCHAR, 
	antecedent VARCHAR, 
	consequent VARCHAR, 
	parties VARCHAR, 
	pact VARCHAR, 
	status VARCHAR, 
	"trigger" VARCHAR, 
	holder VARCHAR, 
	stance VARCHAR, 
	subject VARCHAR, 
	measure VARCHAR, 
	period VARCHAR, 
	quantity FLOAT, 
	value_usd FLOAT, 
	value FLOAT, 
	slots TEXT NOT NULL, 
	support INTEGER NOT NULL, 
	is_disputed BOOLEAN NOT NULL, 
	conflicts TEXT NOT NULL, 
	reliability VARCHAR NOT NULL, 
	credibility VARCHAR NOT NULL, 
	reasons TEXT NOT NULL, 
	first_known_on VARCHAR, 
	last_known_on VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "entry" VALUES('tr-9ffa6e4b','transfer','PRK','RUS','artillery.ammunition','delivered','stated',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"supplier": "PRK", "recipient": "RUS", "materiel": ["artillery.ammunition"], "stage": "delivered", "assertion": "stated", "via": null, "quantity": null, "unit": null, "value_usd": null, "value": null, "currency": null, "date": null, "supplier_name": null, "recipient_name": null}',1,0,'["delivered: not known, says the harbour master (Quay Post, 2024-06-20)"]','F','6','["Reliability F: nobody has judged Quay Post yet.", "Credibility 6: 1 independent source, which does not say who says so; nothing confirms it."]','2024-06-20','2024-06-21');
CREATE TABLE entry_origin (
	entry VARCHAR NOT NULL, 
	origin VARCHAR NOT NULL, 
	PRIMARY KEY (entry, origin), 
	FOREIGN KEY(entry) REFERENCES entry (id), 
	FOREIGN KEY(origin) REFERENCES document (id)
);
INSERT INTO "entry_origin" VALUES('tr-9ffa6e4b','doc-ffe9402ec360');
CREATE TABLE entry_statement (
	entry VARCHAR NOT NULL, 
	statement VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	PRIMARY KEY (entry, statement), 
	FOREIGN KEY(entry) REFERENCES entry (id), 
	FOREIGN KEY(statement) REFERENCES statement (id)
);
INSERT INTO "entry_statement" VALUES('tr-9ffa6e4b','st-40b2ba9818d4','states',1);
INSERT INTO "entry_statement" VALUES('tr-9ffa6e4b','st-c19111d253b9','not known',2);
INSERT INTO "entry_statement" VALUES('tr-9ffa6e4b','st-fd4dc1cbc879','states',3);
CREATE TABLE entry_step (
	entry VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	stage VARCHAR NOT NULL, 
	assertion VARCHAR NOT NULL, 
	happened_on VARCHAR, 
	known_on VARCHAR, 
	support INTEGER NOT NULL, 
	statements TEXT NOT NULL, 
	origins TEXT NOT NULL, 
	PRIMARY KEY (entry, position), 
	FOREIGN KEY(entry) REFERENCES entry (id)
);
INSERT INTO "entry_step" VALUES('tr-9ffa6e4b',1,'delivered','stated',NULL,'2024-06-20',1,'["st-40b2ba9818d4", "st-fd4dc1cbc879"]','["doc-ffe9402ec360"]');
INSERT INTO "entry_step" VALUES('tr-9ffa6e4b',2,'delivered','unknown',NULL,'2024-06-20',1,'["st-c19111d253b9"]','["doc-ffe9402ec360"]');
CREATE TABLE file (
	file VARCHAR NOT NULL, 
	document VARCHAR NOT NULL, 
	PRIMARY KEY (file, document), 
	FOREIGN KEY(document) REFERENCES document (id)
);
INSERT INTO "file" VALUES('quay.txt','doc-ffe9402ec360');
INSERT INTO "file" VALUES('tide.txt','doc-f01c5029cd21');
CREATE TABLE migration (
	name VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "migration" VALUES('create-the-first-tables');
CREATE TABLE origin (
	document VARCHAR NOT NULL, 
	origin VARCHAR NOT NULL, 
	PRIMARY KEY (document), 
	FOREIGN KEY(document) REFERENCES document (id), 
	FOREIGN KEY(origin) REFERENCES document (id)
);
INSERT INTO "origin" VALUES('doc-f01c5029cd21','doc-ffe9402ec360');
INSERT INTO "origin" VALUES('doc-ffe9402ec360','doc-ffe9402ec360');
CREATE TABLE passage (
	document VARCHAR NOT NULL, 
	start_char INTEGER NOT NULL, 
	end_char INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	PRIMARY KEY (document, start_char), 
	FOREIGN KEY(document) REFERENCES document (id)
);
INSERT INTO "passage" VALUES('doc-ffe9402ec360',0,79,'body');
INSERT INTO "passage" VALUES('doc-f01c5029cd21',0,66,'body');
CREATE TABLE statement (
	id VARCHAR NOT NULL, 
	document VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	quote TEXT NOT NULL, 
	start_char INTEGER NOT NULL, 
	end_char INTEGER NOT NULL, 
	speaker VARCHAR, 
	reader VARCHAR NOT NULL, 
	inferred VARCHAR, 
	supplier VARCHAR, 
	recipient VARCHAR, 
	materiel VARCHAR, 
	stage VARCHAR, 
	assertion VARCHAR, 
	via VARCHAR, 
	unit VARCHAR, 
	currency VARCHAR, 
	date VARCHAR, 
	supplier_name VARCHAR, 
	recipient_name VARCHAR, 
	debtor VARCHAR, 
	force VARCHAR, 
	antecedent VARCHAR, 
	consequent VARCHAR, 
	parties VARCHAR, 
	pact VARCHAR, 
	status VARCHAR, 
	"trigger" VARCHAR, 
	holder VARCHAR, 
	stance VARCHAR, 
	subject VARCHAR, 
	measure VARCHAR, 
	period VARCHAR, 
	quantity FLOAT, 
	value_usd FLOAT, 
	value FLOAT, 
	slots TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT quote_has_a_place CHECK (start_char >= 0 and end_char > start_char), 
	FOREIGN KEY(document) REFERENCES document (id)
);
INSERT INTO "statement" VALUES('st-40b2ba9818d4','doc-ffe9402ec360','transfer','Pyongyang''s shells fill the depots by the quay',0,46,NULL,'rules/sample@1',NULL,'PRK','RUS','artillery.ammunition','delivered','stated',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"supplier": "PRK", "recipient": "RUS", "materiel": ["artillery.ammunition"], "stage": "delivered", "assertion": "stated", "via": null, "quantity": null, "unit": null, "value_usd": null, "value": null, "currency": null, "date": null, "supplier_name": null, "recipient_name": null}');
INSERT INTO "statement" VALUES('st-c19111d253b9','doc-ffe9402ec360','transfer','Pyongyang''s shells fill the depots by the quay',0,46,'the harbour master','rules/sample@1',NULL,'PRK','RUS','artillery.ammunition','delivered','unknown',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"supplier": "PRK", "recipient": "RUS", "materiel": ["artillery.ammunition"], "stage": "delivered", "assertion": "unknown", "via": null, "quantity": null, "unit": null, "value_usd": null, "value": null, "currency": null, "date": null, "supplier_name": null, "recipient_name": null}');
INSERT INTO "statement" VALUES('st-fd4dc1cbc879','doc-f01c5029cd21','transfer','Pyongyang''s shells fill the depots by the quay',0,46,NULL,'rules/sample@1',NULL,'PRK','RUS','artillery.ammunition','delivered','stated',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"supplier": "PRK", "recipient": "RUS", "materiel": ["artillery.ammunition"], "stage": "delivered", "assertion": "stated", "via": null, "quantity": null, "unit": null, "value_usd": null, "value": null, "currency": null, "date": null, "supplier_name": null, "recipient_name": null}');
CREATE INDEX ix_decision_target ON decision (target);
CREATE INDEX ix_entry_kind ON entry (kind);
CREATE INDEX entry_pair ON entry (supplier, recipient);
CREATE INDEX ix_file_document ON file (document);
CREATE INDEX ix_statement_kind ON statement (kind);
CREATE INDEX ix_statement_document ON statement (document);
CREATE INDEX ix_origin_origin ON origin (origin);
CREATE INDEX ix_entry_statement_statement ON entry_statement (statement);
CREATE VIEW transfer as 
select e.id, coalesce(s.name, e.supplier) as supplier, coalesce(r.name, e.recipient) as recipient, e.materiel,
       e.stage, e.assertion, e.date, e.quantity, e.unit, e.value_usd, e.value, e.currency,
       coalesce(v.name, e.via) as via, e.supplier_name, e.recipient_name,
       e.supplier as supplier_code, e.recipient as recipient_code, e.support, e.reliability || e.credibility as grade, e.is_disputed, e.conflicts,
       e.first_known_on, e.last_known_on
from entry e left join actor s on s.code = e.supplier left join actor r on r.code = e.recipient
     left join actor v on v.code = e.via
where e.kind = 'transfer';
CREATE VIEW commitment as 
select e.id, coalesce(d.name, e.debtor) as debtor, e.force, e.antecedent, e.consequent,
       e.debtor as debtor_code, e.support, e.reliability || e.credibility as grade, e.is_disputed, e.conflicts,
       e.first_known_on, e.last_known_on
from entry e left join actor d on d.code = e.debtor where e.kind = 'commitment';
CREATE VIEW pact as 
select e.id, e.parties, e.pact, e.status, e.date, e.trigger, e.support, e.reliability || e.credibility as grade, e.is_disputed, e.conflicts,
       e.first_known_on, e.last_known_on from entry e where e.kind = 'pact';
CREATE VIEW stance as 
select e.id, coalesce(h.name, e.holder) as holder, e.stance, coalesce(s.name, e.supplier) as supplier,
       coalesce(r.name, e.recipient) as recipient, e.holder as holder_code, e.support, e.reliability || e.credibility as grade, e.is_disputed, e.conflicts,
       e.first_known_on, e.last_known_on
from entry e left join actor h on h.code = e.holder left join actor s on s.code = e.supplier
     left join actor r on r.code = e.recipient
where e.kind = 'stance';
CREATE VIEW measure as 
select e.id, coalesce(a.name, e.subject) as subject, e.measure, e.value, e.unit, e.period,
       e.subject as subject_code, e.support, e.reliability || e.credibility as grade, e.is_disputed, e.conflicts,
       e.first_known_on, e.last_known_on
from entry e left join actor a on a.code = e.subject where e.kind = 'measure';
CREATE VIEW source as 
select d.id, d.publisher, d.published_on, d.title, d.author, d.url,
       (select min(f.file) from file f where f.document = d.id) as file,
       o.origin, o.origin = d.id as is_origin,
       (select group_concat(v.kind || ' of ' || v.source, '; ')
        from (select kind, source from derivation where document = d.id order by source) v) as derived_from,
       (select count(*) from statement s where s.document = d.id) as statements
from document d left join origin o on o.document = d.id;
CREATE VIEW support as 
select es.entry, e.kind, es.role, st.quote, st.speaker, d.publisher, d.published_on, d.title,
       o.origin, st.id as statement, st.document, st.start_char, st.end_char, st.reader
from entry_statement es join entry e on e.id = es.entry join statement st on st.id = es.statement
     join document d on d.id = st.document left join origin o on o.document = d.id;
CREATE VIEW history as 
select p.entry, p.position, p.stage, p.assertion, p.happened_on, p.known_on, p.support from entry_step p;
COMMIT;
