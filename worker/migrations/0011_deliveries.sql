-- What happens is told elsewhere: to a webhook, a chat, a helpdesk, a CRM. First it waits to be judged, then there is a delivery for each
-- endpoint that wants it.

-- Where it is told. `settings` anybody who may manage endpoints sees; `sealed` are the credentials, `hint` their last characters. `origin` is the
-- Worker's own address as it was when the endpoint was last changed. An endpoint with something pending is due at `next_at`; one sweep at a
-- time holds it, until `leased_until`; `paused_until` is what its target asked for.
CREATE TABLE endpoint (
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  settings TEXT NOT NULL,
  sealed TEXT NOT NULL,
  hint TEXT NOT NULL DEFAULT '',
  events TEXT NOT NULL,
  filter TEXT NOT NULL DEFAULT '{}',
  comments INTEGER NOT NULL DEFAULT 0,
  origin TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  changes INTEGER NOT NULL DEFAULT 0,
  active INTEGER NOT NULL DEFAULT 1,
  ended TEXT CHECK (ended IN ('owner', 'gone', 'failing')),
  failing_since INTEGER,
  next_at INTEGER,
  leased_until INTEGER,
  paused_until INTEGER,
  PRIMARY KEY (site, id)
) WITHOUT ROWID;

CREATE INDEX endpoint_next ON endpoint (next_at) WHERE next_at IS NOT NULL;

-- What has happened and is to be told once it rests. `subject` is the id of the ask, case (the same) or alert. Only the triggers below and the
-- scheduled run write it.
CREATE TABLE event_due (
  site TEXT NOT NULL,
  subject TEXT NOT NULL,
  type TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  PRIMARY KEY (site, subject, type)
) WITHOUT ROWID;

CREATE INDEX event_due_at ON event_due (due_at);

-- One event on its way to one endpoint. `id` is the same over all attempts; `body` is the event as JSON; `attempts` says of each what came of
-- it. `tries` counts those since it was made or last replayed.
CREATE TABLE delivery (
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'dead')),
  created_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  attempts TEXT NOT NULL DEFAULT '[]',
  ended_at INTEGER,
  PRIMARY KEY (site, id)
) WITHOUT ROWID;

CREATE INDEX delivery_pending ON delivery (site, endpoint, due_at) WHERE state = 'pending';
CREATE INDEX delivery_state ON delivery (site, endpoint, state, created_at);
CREATE INDEX delivery_subject ON delivery (site, subject);
CREATE INDEX delivery_dead ON delivery (ended_at) WHERE state = 'dead';
CREATE INDEX delivery_ended ON delivery (ended_at) WHERE ended_at IS NOT NULL;

-- An answer is told 90 seconds after it was last changed, so that score and comment are one event; what changes after that is another. What is
-- imported is history and is not told.
CREATE TRIGGER event_scored AFTER INSERT ON ask WHEN NEW.status = 'answered' AND NEW.erased_at IS NULL AND json_extract(NEW.segments, '$.channel') IS NOT 'import' AND EXISTS (SELECT 1 FROM endpoint WHERE site = NEW.site AND active = 1) BEGIN INSERT INTO event_due (site, subject, type, due_at) VALUES (NEW.site, NEW.id, 'answer.scored', NEW.updated_at + 90000) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER event_answered AFTER UPDATE ON ask WHEN NEW.status = 'answered' AND OLD.status <> 'answered' AND NEW.erased_at IS NULL AND EXISTS (SELECT 1 FROM endpoint WHERE site = NEW.site AND active = 1) BEGIN INSERT INTO event_due (site, subject, type, due_at) VALUES (NEW.site, NEW.id, 'answer.scored', NEW.updated_at + 90000) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER event_updated AFTER UPDATE ON ask WHEN NEW.status = 'answered' AND OLD.status = 'answered' AND NEW.rev <> OLD.rev AND NEW.erased_at IS NULL AND (NEW.score <> OLD.score OR NEW.comment IS NOT OLD.comment OR NEW.drivers <> OLD.drivers) AND EXISTS (SELECT 1 FROM endpoint WHERE site = NEW.site AND active = 1) AND NOT EXISTS (SELECT 1 FROM event_due WHERE site = NEW.site AND subject = NEW.id AND type = 'answer.scored') BEGIN INSERT INTO event_due (site, subject, type, due_at) VALUES (NEW.site, NEW.id, 'answer.updated', NEW.updated_at + 90000) ON CONFLICT DO NOTHING; END;

CREATE TRIGGER event_case_opened AFTER INSERT ON case_file WHEN EXISTS (SELECT 1 FROM endpoint WHERE site = NEW.site AND active = 1) BEGIN INSERT INTO event_due (site, subject, type, due_at) VALUES (NEW.site, NEW.id, 'case.opened', NEW.opened_at) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER event_case_resolved AFTER UPDATE ON case_file WHEN NEW.state = 'resolved' AND OLD.state <> 'resolved' AND EXISTS (SELECT 1 FROM endpoint WHERE site = NEW.site AND active = 1) BEGIN INSERT INTO event_due (site, subject, type, due_at) VALUES (NEW.site, NEW.id, 'case.resolved', NEW.resolved_at) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER event_alert_opened AFTER INSERT ON episode WHEN EXISTS (SELECT 1 FROM endpoint WHERE site = NEW.site AND active = 1) BEGIN INSERT INTO event_due (site, subject, type, due_at) VALUES (NEW.site, NEW.id, 'alert.opened', 0) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER event_alert_cleared AFTER UPDATE ON episode WHEN NEW.cleared_on IS NOT NULL AND OLD.cleared_on IS NULL AND EXISTS (SELECT 1 FROM endpoint WHERE site = NEW.site AND active = 1) BEGIN INSERT INTO event_due (site, subject, type, due_at) VALUES (NEW.site, NEW.id, 'alert.cleared', 0) ON CONFLICT DO NOTHING; END;

-- With an answer goes what was to be told of it, and what is kept of what was told; with its customer too.
CREATE TRIGGER event_deleted AFTER DELETE ON ask BEGIN DELETE FROM event_due WHERE site = OLD.site AND subject = OLD.id; DELETE FROM delivery WHERE site = OLD.site AND subject = OLD.id; END;
CREATE TRIGGER event_erased AFTER UPDATE ON ask WHEN NEW.erased_at IS NOT NULL AND OLD.erased_at IS NULL BEGIN DELETE FROM event_due WHERE site = NEW.site AND subject = NEW.id; DELETE FROM delivery WHERE site = NEW.site AND subject = NEW.id; END;

-- With an endpoint goes everything that was for it.
CREATE TRIGGER endpoint_deleted AFTER DELETE ON endpoint BEGIN DELETE FROM delivery WHERE site = OLD.site AND endpoint = OLD.id; END;

-- A hook that an automation tool made is dropped where the tool says that it is gone.
CREATE TRIGGER hook_gone AFTER UPDATE ON endpoint WHEN NEW.ended = 'gone' AND NEW.kind = 'hook' BEGIN DELETE FROM endpoint WHERE site = NEW.site AND id = NEW.id; END;
