"""Work that is done by the clock, not by a person.

Data flow
    schedule (network.state)   when each connector is due; kept in step with the configuration
    Clockwork                  one thread that looks once a second: is anything due, was the configuration changed
    queue (Huey)               carries the job "round" to a worker, here or on another machine
    Errands.go                 carries out what somebody asked for on a page
    Rounds.go                  claims what is due and carries out one run that asks just those connectors

Who may write is decided by the lease in the state database, never by the queue: a job that was killed is gone, and the
next round does what it left.
"""
