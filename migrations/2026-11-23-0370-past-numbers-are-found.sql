-- A number that is searched finds the organisation that bore it.
create index past_identifiers_by_value on past_identifiers (kind, value);
