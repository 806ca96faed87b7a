-- What is feared: how likely, how serious, what lowers it. What happened: what was done, what is learnt.
alter table lines
	add column likelihood text constraint risk_has_a_known_likelihood check (likelihood in ('unlikely', 'possible', 'likely')),
	add column severity text constraint risk_has_a_known_severity check (severity in ('light', 'heavy', 'grave')),
	add column remedy text,
	add column lesson text;
create index lines_about_a_line on lines (about) where about is not null;
