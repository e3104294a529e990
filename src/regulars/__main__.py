"""`python -m regulars` is `regulars`."""

from __future__ import annotations


def main() -> None:
    """Run the command line; loading it takes a moment, in which somebody may think better of it."""
    try:
        from regulars.cli import main as run
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    run()


if __name__ == "__main__":
    main()
