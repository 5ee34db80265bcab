"""Asked and answered line by line, as bench/race.rs says."""

import resource
import sys
import time


def serve(name, run, write, load=None, measure=None):
    """`load()` gives the input, `run(input)` the result, `write(result, path)` keeps it.

    `measure(input, times)` may stand in for timing `run` here; it gives seconds and the result.
    """
    loaded = result = None
    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        if word == "name":
            answer = name
        elif word == "load":
            start = time.perf_counter()
            loaded = load()
            answer = time.perf_counter() - start
        elif word == "run" and measure:
            answer, result = measure(loaded, int(rest))
        elif word == "run":
            start = time.perf_counter()
            for _ in range(int(rest)):
                result = run(loaded)
            answer = (time.perf_counter() - start) / int(rest)
        elif word == "write":
            write(result, rest)
            answer = "done"
        elif word == "memory":
            # KiB on Linux; a child's peak where the work is done in children
            peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
            answer = max(peaks) / 1024
        else:
            sys.exit(f"nobody here knows “{line.strip()}”")
        print(answer, flush=True)
