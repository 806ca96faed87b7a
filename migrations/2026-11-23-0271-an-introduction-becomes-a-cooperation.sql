-- What an introduction became, and the one reminder of those who said nothing.
alter table introductions
	add column cooperation_id uuid references cooperations (id),
	add column became_at timestamptz,
	add column became_by uuid references persons (id),
	add constraint introduction_became_on_a_day check ((cooperation_id is null) = (became_at is null));
create unique index cooperation_comes_of_one_introduction on introductions (cooperation_id) where cooperation_id is not null;
alter table introduced add column reminded_at timestamptz;
create index introduced_to_remind on introduced (introduction_id) where answer is null and reminded_at is null;
