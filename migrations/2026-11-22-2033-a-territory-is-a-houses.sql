-- The house that drew a territory alone takes it away; what an administrator drew is the administrators'.
alter table areas add column drawn_for uuid references organisations (id);
