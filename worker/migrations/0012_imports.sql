-- History from elsewhere: answers given before there was a site here, or at another one.

-- One row per import. `fingerprint` tells its file again; `columns` and `mapping` say what stands where in a line (JSON). Lines are taken in
-- their order, each once: `next_line` is the first that has not been taken. What came of those before it is counted: kept one by one, counted
-- only because retention has passed their day, here already, refused, or empty. `dropped` counts values left out, by field (JSON).
CREATE TABLE import_job (
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('csv', 'ndjson', 'delighted', 'formbricks')),
  name TEXT NOT NULL,
  survey TEXT,
  fingerprint TEXT,
  columns TEXT,
  mapping TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'finished', 'undoing', 'undone')),
  next_line INTEGER NOT NULL,
  stored INTEGER NOT NULL DEFAULT 0,
  counted INTEGER NOT NULL DEFAULT 0,
  duplicate INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  blank INTEGER NOT NULL DEFAULT 0,
  dropped TEXT NOT NULL DEFAULT '{}',
  undone INTEGER NOT NULL DEFAULT 0,
  undone_to TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (site, id)
) WITHOUT ROWID;

CREATE INDEX import_job_created ON import_job (site, created_at);

-- Every answer that an import has brought, by the id of its ask, for as long as the site stands: the same line is never counted twice, also
-- when its ask has long gone. `kept` is 0 where it was counted only.
CREATE TABLE imported (
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  import TEXT NOT NULL,
  line INTEGER NOT NULL,
  kept INTEGER NOT NULL,
  PRIMARY KEY (site, id)
) WITHOUT ROWID;

-- The lines of a part that were refused, up to `last_line`. `reasons` is a list of [field, detail], `lines` one of [line, place in reasons].
CREATE TABLE import_refusal (
  site TEXT NOT NULL,
  import TEXT NOT NULL,
  last_line INTEGER NOT NULL,
  reasons TEXT NOT NULL,
  lines TEXT NOT NULL,
  PRIMARY KEY (site, import, last_line)
) WITHOUT ROWID;
