-- What is to be told waits in lines, cases and alerts before answers, a line for each site: the run of each minute goes round them, so that no
-- site waits for what another has to tell.

-- What a run could not tell it puts back until `again_at`, behind what waits. `failed_at` is since when it cannot be told somewhere: who was told
-- since then is not told again.
ALTER TABLE event_due ADD COLUMN again_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event_due ADD COLUMN failed_at INTEGER;
ALTER TABLE event_due ADD COLUMN line TEXT GENERATED ALWAYS AS ((substr(type, 1, 7) = 'answer.') || site) VIRTUAL;
ALTER TABLE event_due ADD COLUMN turn_at INTEGER GENERATED ALWAYS AS (max(due_at, again_at)) VIRTUAL;
CREATE INDEX event_due_line ON event_due (line, turn_at);

-- No alert was ever told: those that waited, some for long, are not told all at once. The ones to come say since when they wait.
DELETE FROM event_due WHERE type LIKE 'alert.%';
DROP TRIGGER event_alert_opened;
DROP TRIGGER event_alert_cleared;
CREATE TRIGGER event_alert_opened AFTER INSERT ON episode WHEN EXISTS (SELECT 1 FROM endpoint WHERE site = NEW.site AND active = 1) BEGIN INSERT INTO event_due (site, subject, type, due_at) VALUES (NEW.site, NEW.id, 'alert.opened', unixepoch() * 1000) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER event_alert_cleared AFTER UPDATE ON episode WHEN NEW.cleared_on IS NOT NULL AND OLD.cleared_on IS NULL AND EXISTS (SELECT 1 FROM endpoint WHERE site = NEW.site AND active = 1) BEGIN INSERT INTO event_due (site, subject, type, due_at) VALUES (NEW.site, NEW.id, 'alert.cleared', unixepoch() * 1000) ON CONFLICT DO NOTHING; END;
