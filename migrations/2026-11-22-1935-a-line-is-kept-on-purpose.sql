-- « On garde, exprès » is a dated fact with its reason; it may be said again, years later.
alter table line_marks drop constraint line_mark_is_known;
alter table line_marks add constraint line_mark_is_known check (mark in ('done', 'withdrawn', 'kept'));
alter table line_marks add constraint what_is_kept_has_a_reason check (mark <> 'kept' or note is not null);
drop index line_is_marked_once;
create unique index line_is_marked_once on line_marks (root, mark) where undone_at is null and mark <> 'kept';
