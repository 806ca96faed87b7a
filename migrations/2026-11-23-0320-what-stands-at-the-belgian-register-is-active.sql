-- The Belgian register lists what is active, as SIRENE does: a sign of life, like an active SIREN.
update official_words w set life = 2 from official_bodies b
	where b.id = w.body_id and b.source = 'bce' and w.life = 1;
