-- What was told of an answer elsewhere loses what retention takes from the answer; of those that retention has passed nobody looks again.
UPDATE delivery SET body = json_set(body, '$.data.comment', NULL, '$.data.customer', NULL, '$.data.transaction', NULL)
WHERE iif(json_valid(body), coalesce(json_extract(body, '$.data.comment'), json_extract(body, '$.data.customer'), json_extract(body, '$.data.transaction')), NULL) IS NOT NULL
  AND EXISTS (SELECT 1 FROM ask JOIN site ON site.id = ask.site WHERE ask.site = delivery.site AND ask.id = delivery.subject AND (ask.day, ask.id) <= (site.nameless_day, site.nameless_id));

-- Steps of the run of every minute that have failed in a database of sites, in the directory alone. A row begins anew after a while without a failure.
CREATE TABLE minute_failure (
  shard TEXT NOT NULL,
  step TEXT NOT NULL,
  since INTEGER NOT NULL,
  at INTEGER NOT NULL,
  times INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (shard, step)
) WITHOUT ROWID;

-- The secrets under which somebody was erased, in the directory alone: each by what it makes of a text that everybody knows, and when it was last used.
CREATE TABLE secret_use (
  id TEXT PRIMARY KEY,
  last_at INTEGER NOT NULL
) WITHOUT ROWID;

-- The sites there are, oldest first, page by page.
CREATE INDEX place_created ON place (created_at, site);
