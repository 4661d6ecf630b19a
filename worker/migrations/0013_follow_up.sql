-- What is offered after the thanks, and who asked to be contacted.

-- By the group of the score, as JSON.
ALTER TABLE survey ADD COLUMN follow_up TEXT NOT NULL DEFAULT '{}';

-- Where a shopper wants to be reached, as they typed it: one for an answer, that of its highest revision that had one. `due_on` is for the case.
CREATE TABLE callback (
  site TEXT NOT NULL,
  ask TEXT NOT NULL,
  rev INTEGER NOT NULL,
  contact TEXT NOT NULL,
  asked_at INTEGER NOT NULL,
  due_on TEXT NOT NULL,
  PRIMARY KEY (site, ask)
) WITHOUT ROWID;

-- Who asks to be contacted has a case at once; one that was resolved is opened again, by nobody.
CREATE TRIGGER callback_case AFTER INSERT ON callback BEGIN INSERT INTO case_event (site, file, at, id, kind, by_whom) SELECT site, id, NEW.asked_at, 'callback', 'reopened', '' FROM case_file WHERE site = NEW.site AND id = NEW.ask AND state = 'resolved'; UPDATE case_file SET state = 'open', resolved_at = NULL, due_on = NEW.due_on, changes = changes + 1 WHERE site = NEW.site AND id = NEW.ask AND state = 'resolved'; INSERT INTO case_file (site, id, score, state, opened_at, due_on) SELECT ask.site, ask.id, ask.score, 'open', NEW.asked_at, NEW.due_on FROM ask WHERE ask.site = NEW.site AND ask.id = NEW.ask ON CONFLICT DO NOTHING; END;

-- It goes with its answer, and with whatever else names the shopper.
CREATE TRIGGER callback_deleted AFTER DELETE ON ask BEGIN DELETE FROM callback WHERE site = OLD.site AND ask = OLD.id; END;
CREATE TRIGGER callback_erased AFTER UPDATE ON ask WHEN NEW.erased_at IS NOT OLD.erased_at OR (NEW.rev = OLD.rev AND ((OLD.customer IS NOT NULL AND NEW.customer IS NULL) OR (OLD."transaction" IS NOT NULL AND NEW."transaction" IS NULL) OR (OLD.comment IS NOT NULL AND NEW.comment IS NULL) OR (OLD.page IS NOT NULL AND NEW.page IS NULL))) BEGIN DELETE FROM callback WHERE site = NEW.site AND ask = NEW.id; END;
