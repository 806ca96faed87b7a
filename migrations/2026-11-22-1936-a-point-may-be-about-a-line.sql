-- A point of an agenda may bring a line back before the partners.
alter table agenda_points add column about uuid references lines (id);
