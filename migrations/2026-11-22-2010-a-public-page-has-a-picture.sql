-- The picture of a version of a public page: agreed to with it, shown with it, gone with it.
create table public_page_pictures (
	version_id uuid primary key references public_page_versions (id),
	file text not null references files (sha256),
	media_type text not null,
	width integer not null,
	height integer not null,
	says text not null constraint public_page_picture_is_described check (length(says) between 1 and 200)
);
create index public_page_pictures_of_a_file on public_page_pictures (file);
comment on column public_page_pictures.says is 'what is seen on it, for those who do not see it';
