"""The same rooms from a terminal."""


def main() -> None:
    """Run the command line."""
