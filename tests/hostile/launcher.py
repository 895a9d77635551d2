"""Runs a command and writes to a pipe how much memory it took, in kilobytes.

What a process took is counted from before it becomes another program. So the command is started
from here, where there is next to nothing, and not from a test run, which is large.

``python -I -S launcher.py PIPE MOST_WRITTEN COMMAND...``
"""

import os
import resource
import sys

pipe, most_written, *command = sys.argv[1:]
child = os.fork()
if not child:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(most_written), resource.RLIM_INFINITY))
    os.execv(command[0], command)
_, status, used = os.wait4(child, 0)
os.write(int(pipe), str(used.ru_maxrss).encode())
code = os.waitstatus_to_exitcode(status)
os._exit(code if code >= 0 else 128 - code)
