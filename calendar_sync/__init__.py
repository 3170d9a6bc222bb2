"""Trainings → calendars. Decides what should stand in which calendar, compares, and carries out one change at a time.

Data flow of one run; everything between the two shells is pure:

    still.holds(told(…), now)                  → the last empty plan  stillness.py  nothing moved: nothing below is done
    recall(memory)                             → Remembered  records.py    what we last wrote and saw, one snapshot
    look(target, remembered, calendars, …)     → Survey      survey.py     shell: what stands in Nextcloud now
    heard(remembered, survey, answers)         → Remembered  cancelling.py what people cancelled, the state lost or not
    gather(deliveries, calendars, …)           → Programme   programme.py  what the sources offer for each calendar
    applied(programme, calendars, …)           → Programme   cancelling.py the same with what people cancelled
    plan(calendars, programme, survey, …)      → Planned     planner.py    a ScopePlan per calendar, guard included
    keep(planned, ledger)                                    bookkeeping.py  only on apply: what was seen and counted
    apply_plan(…, {CALENDAR: CalendarExecutor})              executor.py   shell: one change, its receipt, closing

A calendar behind a connector with `mode: two-way` is written too. For such a pair

    look(…, hosts)                             → ActualCalendar.guests      what people entered here themselves
    two_way.settle(sheet, situation, …)        → changes of both sides      in place of pairing, decisions, unwanted
    WayBack (a SourceCalendar behind it)                     way_back.py    shell: the source's side of a change

two_way.py is the table for a pair: what became of each entry on either side since both last agreed, and what follows;
agreement.py says what both agree on, property by property, and how each side comes to say it without losing what is
only its own (guests, alarms). `EntryMemory.wish` is what was last agreed, and only moves once both sides say it
(agreed_memory.py).

Inside: selection.py (which training in which calendar) and entries.py with wording.py (training and session → calendar
object) serve gather. For plan, pairing.py with matching.py find who is who, decisions.py is the table of DESIGN section
4, entry_plan.py and merge.py (property by property) apply it, unwanted.py with absence.py judge what is left over,
calendar_plan.py and sharing.py plan the calendar itself, safety.py is the guard, noting.py what to remember; sheet.py
is what they share. wish.py holds what the configuration asks for as plain values; records.py what we remember;
marking.py how an entry is written; marker.py what makes an object ours; identity.py UIDs and fingerprints; steps.py
what the executor is told; place.py and trash.py serve it. adoption.py, removal.py and taking_back.py are the
explicit commands; cancellation.py is how an entry reads that a person cancelled.

Refuses to know any server, any source format and any settings model.
"""
