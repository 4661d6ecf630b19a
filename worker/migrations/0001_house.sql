-- Times are Unix milliseconds, days are "YYYY-MM-DD" local to the site, lists and maps are JSON.
-- A statement ends with a semicolon at the end of a line; a trigger is one line, for remote migrations break longer ones.

CREATE TABLE site (
  id TEXT PRIMARY KEY,
  public_key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  timezone TEXT NOT NULL,
  locale TEXT NOT NULL,
  locales TEXT NOT NULL,
  default_survey TEXT NOT NULL,
  origins TEXT NOT NULL,
  segments TEXT NOT NULL DEFAULT '{}',
  token_mode TEXT NOT NULL DEFAULT 'off' CHECK (token_mode IN ('off', 'prefer', 'require')),
  raw_from TEXT,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE survey (
  site TEXT NOT NULL,
  slug TEXT NOT NULL,
  version INTEGER NOT NULL,
  metric TEXT NOT NULL CHECK (metric IN ('nps', 'csat', 'ces')),
  touchpoint TEXT NOT NULL,
  wording TEXT NOT NULL DEFAULT '{}',
  drivers TEXT NOT NULL,
  theme TEXT NOT NULL DEFAULT '{}',
  ask_again_days INTEGER NOT NULL,
  share_score INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site, slug)
) WITHOUT ROWID;

-- What was asked under each version: answers to different questions are never pooled.
CREATE TABLE survey_version (
  site TEXT NOT NULL,
  survey TEXT NOT NULL,
  version INTEGER NOT NULL,
  metric TEXT NOT NULL,
  locale TEXT NOT NULL,
  question TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site, survey, version)
) WITHOUT ROWID;

-- One row per time a question was shown. `id` is a hash of the id the client made: that one is the right to edit and is not kept.
-- `outcome`, `commented` and `pairs` are what the row counts as in the tally.
CREATE TABLE ask (
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  rev INTEGER NOT NULL,
  survey TEXT NOT NULL,
  version INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('shown', 'dismissed', 'answered')),
  outcome TEXT NOT NULL,
  score INTEGER,
  drivers TEXT NOT NULL,
  comment TEXT,
  commented INTEGER NOT NULL,
  segments TEXT NOT NULL,
  pairs TEXT NOT NULL,
  "transaction" TEXT,
  customer TEXT,
  verified INTEGER NOT NULL DEFAULT 0,
  delay TEXT,
  page TEXT,
  day TEXT NOT NULL,
  shown_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  erased_at INTEGER,
  PRIMARY KEY (site, id)
) WITHOUT ROWID;

CREATE INDEX ask_answered ON ask (site, shown_at) WHERE status = 'answered';
CREATE INDEX ask_customer ON ask (site, customer) WHERE customer IS NOT NULL;
CREATE UNIQUE INDEX ask_once ON ask (site, survey, "transaction") WHERE verified = 1 AND status = 'answered';

-- Asks per outcome, day and pair. Only the triggers below write it.
CREATE TABLE tally (
  site TEXT NOT NULL,
  survey TEXT NOT NULL,
  version INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  day TEXT NOT NULL,
  outcome TEXT NOT NULL,
  n INTEGER NOT NULL,
  commented INTEGER NOT NULL,
  PRIMARY KEY (site, survey, version, key, value, day, outcome)
) WITHOUT ROWID;

CREATE TRIGGER ask_inserted AFTER INSERT ON ask BEGIN INSERT INTO tally (site, survey, version, key, value, day, outcome, n, commented) SELECT NEW.site, NEW.survey, NEW.version, json_extract(pair.value, '$[0]'), json_extract(pair.value, '$[1]'), NEW.day, NEW.outcome, 1, NEW.commented FROM json_each(NEW.pairs) AS pair WHERE true ON CONFLICT DO UPDATE SET n = n + 1, commented = commented + excluded.commented; END;
CREATE TRIGGER ask_updated AFTER UPDATE ON ask WHEN OLD.pairs <> NEW.pairs OR OLD.outcome <> NEW.outcome OR OLD.commented <> NEW.commented BEGIN INSERT INTO tally (site, survey, version, key, value, day, outcome, n, commented) SELECT NEW.site, NEW.survey, NEW.version, json_extract(pair, '$[0]'), json_extract(pair, '$[1]'), NEW.day, outcome, sum(dn), sum(dc) FROM (SELECT value AS pair, OLD.outcome AS outcome, -1 AS dn, -OLD.commented AS dc FROM json_each(OLD.pairs) UNION ALL SELECT value, NEW.outcome, 1, NEW.commented FROM json_each(NEW.pairs)) GROUP BY pair, outcome HAVING sum(dn) <> 0 OR sum(dc) <> 0 ON CONFLICT DO UPDATE SET n = n + excluded.n, commented = commented + excluded.commented; END;
CREATE TRIGGER ask_deleted AFTER DELETE ON ask WHEN OLD.day >= coalesce((SELECT raw_from FROM site WHERE id = OLD.site), '') BEGIN UPDATE tally SET n = n - 1, commented = commented - OLD.commented WHERE (site, survey, version, key, value, day, outcome) IN (SELECT OLD.site, OLD.survey, OLD.version, json_extract(pair.value, '$[0]'), json_extract(pair.value, '$[1]'), OLD.day, OLD.outcome FROM json_each(OLD.pairs) AS pair); END;

-- Answers an owner deleted, so that a browser's late retry cannot bring one back. `id` as in ask.
CREATE TABLE tombstone (
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site, id)
) WITHOUT ROWID;

CREATE TABLE api_key (
  hash TEXT PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  site TEXT NOT NULL,
  name TEXT NOT NULL,
  hint TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  last_used TEXT
) WITHOUT ROWID;

CREATE INDEX api_key_site ON api_key (site, created_at);

-- The score a survey shows to shoppers, as it was last computed.
CREATE TABLE shared_score (
  site TEXT NOT NULL,
  survey TEXT NOT NULL,
  version INTEGER NOT NULL,
  value REAL,
  responses INTEGER NOT NULL,
  computed_at INTEGER NOT NULL,
  PRIMARY KEY (site, survey)
) WITHOUT ROWID;
