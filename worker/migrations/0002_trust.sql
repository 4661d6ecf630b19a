-- What makes a score something to act on: a goal, a benchmark, the baseline it began with, and the days it changed.

-- Counts the changes of a site's and a survey's settings, so that two at once cannot undo each other.
ALTER TABLE site ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE survey ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;

ALTER TABLE survey ADD COLUMN goal REAL;
ALTER TABLE survey ADD COLUMN benchmarks TEXT NOT NULL DEFAULT '[]';

-- When a site's surveys are evaluated next: soon after its local midnight.
ALTER TABLE site ADD COLUMN evaluate_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX site_evaluate ON site (evaluate_at);

-- Baselines, the newest of a version in force and the older ones kept. `histogram` maps score to answers.
CREATE TABLE baseline (
  site TEXT NOT NULL,
  survey TEXT NOT NULL,
  version INTEGER NOT NULL,
  set_at INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('provisional', 'frozen')),
  set_by TEXT NOT NULL CHECK (set_by IN ('rule', 'owner')),
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  histogram TEXT NOT NULL,
  PRIMARY KEY (site, survey, version, set_at)
) WITHOUT ROWID;

-- One row per alert, from the day it opened to the day it cleared. `key` and `value` are empty for a whole survey.
CREATE TABLE episode (
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  survey TEXT NOT NULL,
  version INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  opened_on TEXT NOT NULL,
  cleared_on TEXT,
  z REAL NOT NULL,
  recent TEXT NOT NULL,
  reference TEXT NOT NULL,
  PRIMARY KEY (site, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX episode_open ON episode (site, survey, key, value) WHERE cleared_on IS NULL;
CREATE INDEX episode_day ON episode (site, opened_on);
