-- Whoever has told orders asks what became of them, by their keys. A key may be of any length: its digest is not.
CREATE INDEX dead_letter_of_key ON intake.dead_letter (topic, sha256(key)) WHERE settled_how IS DISTINCT FROM 'replayed';
