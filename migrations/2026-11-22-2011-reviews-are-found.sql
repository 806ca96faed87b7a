-- What closing reviews and lessons read: few lines among all, and a public page reads them.
create index lines_of_reviews on lines (cooperation_id, topic) where kind = 'information' and topic in ('worked', 'failed', 'again', 'handed');
