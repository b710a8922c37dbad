"""Ways in for devices that do not speak our protocol: each makes device messages.

`book` says which an installation has and how what comes in is read, `reading` reads it,
`door` hands it to the intake and says upwards what became of it; `webhook` and `mqtt` are
lines, and `running` keeps them up. Nothing behind the intake knows of any of them.
"""
