-- The loop is closed: who gave a low score is called back. And what came of it: who comes back.

-- Whether low scores open a case by themselves.
ALTER TABLE survey ADD COLUMN open_cases INTEGER NOT NULL DEFAULT 1;

-- Answers to be judged: low when they were kept, due 90 seconds after they were last changed. Only the triggers below and the scheduled run write it.
CREATE TABLE case_due (
  due_at INTEGER NOT NULL,
  site TEXT NOT NULL,
  ask TEXT NOT NULL,
  PRIMARY KEY (due_at, site, ask)
) WITHOUT ROWID;

-- One row per answer that is followed up, under the id of its ask. `score` is that of the opening; `opened_by` is null where it opened by itself.
CREATE TABLE case_file (
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  score INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'contacted', 'resolved')),
  opened_at INTEGER NOT NULL,
  opened_by TEXT,
  assignee TEXT,
  due_on TEXT,
  contacted_at INTEGER,
  resolved_at INTEGER,
  changes INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (site, id)
) WITHOUT ROWID;

CREATE INDEX case_state ON case_file (site, state, opened_at);
CREATE INDEX case_opened ON case_file (site, opened_at);
CREATE INDEX case_assignee ON case_file (site, assignee, opened_at) WHERE assignee IS NOT NULL;

-- What was done and said about it, append-only: steps and notes. `file` is the id of the row above, `by_whom` the name of a key.
CREATE TABLE case_event (
  site TEXT NOT NULL,
  file TEXT NOT NULL,
  at INTEGER NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('contacted', 'resolved', 'reopened', 'note')),
  by_whom TEXT NOT NULL,
  text TEXT,
  PRIMARY KEY (site, file, at, id)
) WITHOUT ROWID;

-- Low answers wait to be judged; what is imported is history and waits for nothing. The bounds are METRICS' own, and a test holds them to it.
CREATE TRIGGER case_due_inserted AFTER INSERT ON ask WHEN NEW.status = 'answered' AND NEW.score <= 6 AND json_extract(NEW.segments, '$.channel') IS NOT 'import' AND EXISTS (SELECT 1 FROM survey_version v JOIN survey s ON s.site = v.site AND s.slug = v.survey WHERE v.site = NEW.site AND v.survey = NEW.survey AND v.version = NEW.version AND s.open_cases = 1 AND NEW.score <= iif(v.metric = 'nps', 6, iif(v.metric = 'csat', 2, 3))) BEGIN INSERT INTO case_due (due_at, site, ask) VALUES (NEW.updated_at + 90000, NEW.site, NEW.id) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER case_due_updated AFTER UPDATE ON ask WHEN NEW.status = 'answered' AND NEW.score <= 6 AND (OLD.status <> 'answered' OR OLD.score <> NEW.score) AND json_extract(NEW.segments, '$.channel') IS NOT 'import' AND EXISTS (SELECT 1 FROM survey_version v JOIN survey s ON s.site = v.site AND s.slug = v.survey WHERE v.site = NEW.site AND v.survey = NEW.survey AND v.version = NEW.version AND s.open_cases = 1 AND NEW.score <= iif(v.metric = 'nps', 6, iif(v.metric = 'csat', 2, 3))) BEGIN INSERT INTO case_due (due_at, site, ask) VALUES (NEW.updated_at + 90000, NEW.site, NEW.id) ON CONFLICT DO NOTHING; END;

-- With its answer goes what was kept about it. Who is erased, or forgotten by retention, is erased from the notes too: both leave the revision as it was.
CREATE TRIGGER case_deleted AFTER DELETE ON ask BEGIN DELETE FROM case_event WHERE site = OLD.site AND file = OLD.id; DELETE FROM case_file WHERE site = OLD.site AND id = OLD.id; END;
CREATE TRIGGER case_erased AFTER UPDATE ON ask WHEN NEW.rev = OLD.rev AND (NEW.erased_at IS NOT OLD.erased_at OR (OLD.customer IS NOT NULL AND NEW.customer IS NULL) OR (OLD."transaction" IS NOT NULL AND NEW."transaction" IS NULL) OR (OLD.comment IS NOT NULL AND NEW.comment IS NULL) OR (OLD.page IS NOT NULL AND NEW.page IS NULL)) BEGIN DELETE FROM case_event WHERE site = NEW.site AND file = NEW.id AND kind = 'note'; END;

-- A customer's asks in the order they were shown.
DROP INDEX ask_customer;
CREATE INDEX ask_customer ON ask (site, customer, shown_at) WHERE customer IS NOT NULL;

-- Signed answers whose 180 days are over, by their local day, their score and the days since the same customer's answer before (181 where
-- there was none within 180); `returned` of them were seen again. No row names anybody, so that none goes with an erasure.
CREATE TABLE loyalty_count (
  site TEXT NOT NULL,
  day TEXT NOT NULL,
  survey TEXT NOT NULL,
  metric TEXT NOT NULL,
  score INTEGER NOT NULL,
  gap INTEGER NOT NULL,
  answers INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  PRIMARY KEY (site, day, survey, metric, score, gap)
) WITHOUT ROWID;

-- The answer each site's count goes on after, and what it last came to (JSON).
CREATE TABLE loyalty (
  site TEXT PRIMARY KEY,
  shown_at INTEGER NOT NULL,
  ask TEXT NOT NULL,
  report TEXT
) WITHOUT ROWID;

-- A shared score says which asks it counted: all, or signed ones only.
ALTER TABLE shared_score ADD COLUMN verified TEXT NOT NULL DEFAULT 'all';
