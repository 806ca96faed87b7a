-- What people attach and what the product prints. The bytes lie in the data folder, under their SHA-256.
create table files (
	sha256 text primary key constraint file_is_named_by_its_content check (sha256 ~ '^[0-9a-f]{64}$'),
	size bigint not null constraint file_is_not_empty check (size > 0),
	media_type text not null constraint file_has_a_known_type check (media_type in ('application/pdf', 'image/png', 'image/jpeg')),
	kept_at timestamptz not null
);
