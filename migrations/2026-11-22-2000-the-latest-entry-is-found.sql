-- A clock that was set back is seen by what was written last, whatever the chain.
create index entries_by_moment on entries (at desc);
