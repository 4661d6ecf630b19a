-- What the ingest queue brings again because it could not be written, in the directory alone: one row for all that was tried as often and
-- was sent in the same ten minutes (`sent`, when they began). `oldest` is when the oldest of them was sent, `until` when they have come again or
-- were given up (all Unix milliseconds).
DROP TABLE ingest_put_off;
CREATE TABLE ingest_put_off (
  attempts INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  oldest INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (attempts, sent)
) WITHOUT ROWID;

-- A case that is resolved again while the first time waits for who could not be told of it is told to all as what it is now.
DROP TRIGGER event_case_resolved;
CREATE TRIGGER event_case_resolved AFTER UPDATE ON case_file WHEN NEW.state = 'resolved' AND OLD.state <> 'resolved' AND EXISTS (SELECT 1 FROM endpoint WHERE site = NEW.site AND active = 1) BEGIN INSERT INTO event_due (site, subject, type, due_at) VALUES (NEW.site, NEW.id, 'case.resolved', NEW.resolved_at) ON CONFLICT (site, subject, type) DO UPDATE SET due_at = excluded.due_at, again_at = 0, failed_at = NULL; END;

-- What was put in the place of a name and refused may be anything, a key or an address too: only the forms that we give names stay.
UPDATE audit SET object = '' WHERE result >= '400' AND NOT (
  (action LIKE '%/:id%' AND (
    (length(object) = 12 AND object NOT GLOB '*[^0-9A-Za-z]*')
    OR (length(object) = 28 AND object GLOB 'msg_*' AND substr(object, 5) NOT GLOB '*[^0-9A-Za-z]*')
    OR (length(object) = 32 AND object NOT GLOB '*[^0-9a-f]*')
  ))
  OR (action LIKE '%/:survey%' AND length(object) <= 32 AND object GLOB '[a-z]*' AND object NOT GLOB '*[^0-9a-z-]*')
  OR (action LIKE '%/:kid%' AND length(object) <= 8 AND object NOT GLOB '*[^0-9a-z]*')
);
