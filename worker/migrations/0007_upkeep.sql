-- What the Worker does by itself, and what its operator sees of it.

-- Calendar months after which an ask loses what names its shopper, and after which its row goes.
ALTER TABLE site ADD COLUMN identities_months INTEGER NOT NULL DEFAULT 13;
ALTER TABLE site ADD COLUMN rows_months INTEGER NOT NULL DEFAULT 25;

-- A site's next turn at each chore of the scheduled run (`_at`), and since when that chore waits to be finished (`_due`).
ALTER TABLE site ADD COLUMN evaluate_due INTEGER NOT NULL DEFAULT 0;
ALTER TABLE site ADD COLUMN retain_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE site ADD COLUMN retain_due INTEGER NOT NULL DEFAULT 0;
ALTER TABLE site ADD COLUMN recount_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE site ADD COLUMN recount_due INTEGER NOT NULL DEFAULT 0;
CREATE INDEX site_retain ON site (retain_at);
CREATE INDEX site_recount ON site (recount_at);

-- Every ask up to this day and id is nameless; the day the recount goes on from.
ALTER TABLE site ADD COLUMN nameless_day TEXT NOT NULL DEFAULT '';
ALTER TABLE site ADD COLUMN nameless_id TEXT NOT NULL DEFAULT '';
ALTER TABLE site ADD COLUMN recount_day TEXT NOT NULL DEFAULT '';

CREATE INDEX site_signing ON site (id) WHERE token_mode <> 'off';

-- Retention and the recount walk a site's asks day by day.
CREATE INDEX ask_day ON ask (site, day);

-- What retention has passed takes no more asks: one that was deleted would be counted a second time.
CREATE TRIGGER ask_too_old BEFORE INSERT ON ask WHEN NEW.day < coalesce((SELECT raw_from FROM site WHERE id = NEW.site), '') BEGIN SELECT RAISE(IGNORE); END;

-- What the tally held too much (or, below 0, too little) of a day, as a recount found and mended it. `recount` names the slice that found it.
CREATE TABLE tally_difference (
  site TEXT NOT NULL,
  recount TEXT NOT NULL,
  survey TEXT NOT NULL,
  version INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  day TEXT NOT NULL,
  outcome TEXT NOT NULL,
  n INTEGER NOT NULL,
  commented INTEGER NOT NULL,
  found_at INTEGER NOT NULL,
  PRIMARY KEY (site, recount, survey, version, key, value, day, outcome)
) WITHOUT ROWID;

CREATE INDEX tally_difference_found ON tally_difference (found_at);

-- Chores that fail, from the first time on until one succeeds.
CREATE TABLE chore_failure (
  site TEXT NOT NULL,
  chore TEXT NOT NULL,
  since INTEGER NOT NULL,
  at INTEGER NOT NULL,
  times INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (site, chore)
) WITHOUT ROWID;

-- One row: the scheduled run as it last ended. `report` is JSON.
CREATE TABLE scheduled_run (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  rows_read INTEGER NOT NULL,
  rows_written INTEGER NOT NULL,
  report TEXT NOT NULL
);

-- How long messages lay in the ingest queue, by the hour (Unix milliseconds / 3,600,000) they were written in.
CREATE TABLE ingest_wait (
  hour INTEGER PRIMARY KEY,
  messages INTEGER NOT NULL,
  longest_ms INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,
  last_at INTEGER NOT NULL
);

-- Whose a dead letter is, why it could not be kept, and when that was last tried.
ALTER TABLE dead_letter ADD COLUMN site TEXT;
ALTER TABLE dead_letter ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE dead_letter ADD COLUMN tried_at INTEGER NOT NULL DEFAULT 0;
UPDATE dead_letter SET site = (SELECT site FROM place WHERE site = json_extract(body, '$.site')) WHERE json_valid(body);
CREATE INDEX dead_letter_sent ON dead_letter (sent_at);
CREATE INDEX dead_letter_turn ON dead_letter (tried_at, sent_at);
CREATE INDEX dead_letter_site ON dead_letter (site, sent_at) WHERE site IS NOT NULL;
CREATE INDEX dead_letter_stray ON dead_letter (sent_at) WHERE site IS NULL;
