-- When somebody was reminded stands with what they were reminded of (polls, check-ins, draws, mailings, introductions); nothing writes here.
drop table reminders;
