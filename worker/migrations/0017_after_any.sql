-- How long a browser is left alone after any other survey before this one is shown.

-- In days; NULL where the owner has not chosen: 14, or none where `ask_again_days` is 0.
ALTER TABLE survey ADD COLUMN ask_after_any_days INTEGER CHECK (ask_after_any_days BETWEEN 0 AND 365);
