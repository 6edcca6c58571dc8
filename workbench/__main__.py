"""The program's entry: arguments in, exit code out. Nothing heavy is imported here."""

import faulthandler
import gc
import sys
from importlib import import_module
from io import TextIOWrapper

# What loading makes stays. With the usual threshold of 700 objects the collector looks through it dozens of times.
gc.set_threshold(100_000, 20, 20)


def main() -> int:
    """Run the command line.

    A crash of the interpreter is told on standard error; an error of our own goes to a crash file, and is told in a
    line.
    """
    if sys.stderr is not None:
        faulthandler.enable()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a title may hold what a narrow console cannot show
    try:
        return _run(sys.argv[1:])
    except Exception as error:  # noqa: BLE001 - the last net: a user gets one line, the traceback goes to a file
        from workbench.cli.crash import tell_crash  # noqa: PLC0415 - only needed now

        return tell_crash(error)


def _run(arguments: list[str]) -> int:
    code: int | None = import_module("workbench.cli.straight").open_window(arguments)
    return int(import_module("workbench.cli.main").run(arguments)) if code is None else code


if __name__ == "__main__":
    sys.exit(main())
