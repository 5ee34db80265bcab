"""Markup as a PDF with Typst: `typesetter.py REPORT.typ FONTS`.

Typst remembers what it has laid out, so a second run of the same text does next to nothing. Each run here is the first of
a process: a child, forked after the fonts were found, times itself and sends back the seconds.
"""

import os
import sys
import time
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

import typst
from runner import serve

PAGE, FONTS = sys.argv[1:]
RESULT = f"{PAGE}.pdf"
compiler = typst.Compiler(root=os.path.dirname(PAGE), font_paths=[FONTS], ignore_system_fonts=True)


def work(answer):
    start = time.perf_counter()
    pdf = compiler.compile(PAGE, format="pdf")
    answer.send(time.perf_counter() - start)
    Path(RESULT).write_bytes(pdf)


def measure(_, times):
    processes, seconds = get_context("fork"), 0.0
    for _ in range(times):
        here, there = processes.Pipe(duplex=False)
        child = processes.Process(target=work, args=(there,))
        child.start()
        there.close()
        seconds += here.recv()
        child.join()
    return seconds / times, Path(RESULT).read_bytes()


serve(f"Typst {version('typst')}", None, lambda pdf, path: Path(path).write_bytes(pdf), measure=measure)
