-- What was erased and deleted, and until when it is remembered. Beside ids as in ask, a tombstone's id is "customer/" or "transaction/" and a
-- keyed hash of who or which; `created_at` is when it was erased last.

CREATE INDEX tombstone_created ON tombstone (created_at);

-- Finds the asks of a transaction, and lets a signed one have one answer: only an answered, signed ask says '' where the others say their id.
CREATE UNIQUE INDEX ask_transaction ON ask (site, "transaction", survey, iif(verified = 1 AND status = 'answered', '', id)) WHERE "transaction" IS NOT NULL;
DROP INDEX ask_once;
