-- What is taken of a house's library is copied once; the text that it came from is kept beside it.
alter table agreement_clauses add column house_text uuid references house_texts (id);
alter table agenda_points add column house_text uuid references house_texts (id);
alter table mailings add column house_text uuid references house_texts (id);
